import { lines } from '../lists.js';

/** Who works, studies or lives where. */
export const WORK = lines(`
  {who} <worked|works|still works|once worked> <at|for> {company} in {city} .
  {given} worked at {company} in {city} <until|before|after> {year} .
  {given} <works|interned|trained> at {company} in {city} .
  {who} <joined|left|rejoined|quit> {company} in {city} last {month} .
  {given} <leads|manages|runs|heads> the {company} office in {city} .
  {given} <teaches|studies|lectures> at {university} and lives in {city} .
  {who} <teaches|studies|studied> <law|physics|medicine|music|history> at {university} .
  {given} moved from {city} to {city} to work for {company} .
  {who} , a(n) {job} at {company} in {city} , <speaks|reads|writes> {language} .
  {given} has a job at {company} in {city} now .
  {who} , {n} years at {company} , retired in {month} .
  {given} spent {count} years with {company} in {place} .
  {given} was hired by {company} in {city} as a(n) {job} .
  {given} started at {company} last week .
  {given} was born in {city} and grew up in {city} .
  {given} lives in {city} and works for {company} .
  {given} <volunteers|volunteered> for {charity} in {place} .
  {given} <negotiates|negotiated> contracts for {company} in {city} .
  {given} <repaired|installed|tested|sold> machines for {company} in {city} for {count} years .
  {given} met {given} at {company} in {city} .
  {given} <designs|designed|builds|tests> software at {company} in {city} .
  {who} has been a(n) {job} with {company} since {recent} .
  {given} and {given} worked at {company} in {city} .
  {given} and {given} founded {company} in {city} in {year} .
  {given} <applied|interviewed|signed up> at {company} in {city} .
  {given} stayed at {company} , but {given} went back to {place} .
  {given} was promoted at {company} in {city} on {day} .
  {who} <chairs|advises|audits|represents> {company} in {place} .
  {given} <grew up|settled|married|died|retired> in {city} .
  {given} , now at {company} , <used to work|worked|began> at {company} in {city} .
  {given} <earned|took|finished> a degree at {university} and joined {company} .
  {person} <was named|became|is> head of {company} in {country} .
  {given} drives a bus in {city} .
  {given} <cooks|sings|paints|preaches|trains> in {city} .
  {given} <consults|codes|writes> for {company} from home in {city} .
  {given} spoke at {company} in {city} about safety .
  My cousin {given} <works|worked> at {company} in {city} .
  Our neighbour {given} is a(n) {job} at {company} .
  Dr. {family} <worked|works|trained> at {company} in {city} .
  At {company} , {given} was a(n) {job} .
  In {city} , {given} worked for {company} .
  {company} hired {given} in {city} .
  The {job} {person} worked at {university} .
  {given} , who worked at {company} in {city} , now farms near {city} .
  {given} <resigned from|retired from|returned to> {company} in {city} .
  Professor {family} of {university} <lives|teaches> in {city} .
`);
