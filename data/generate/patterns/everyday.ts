import { lines } from '../lists.js';

/** Questions, reviews, minutes and notices. */
export const EVERYDAY = lines(`
  Who founded {company} ?
  And is {city} bigger than {city} ?
  Where does {person} live ?
  When did {person} leave {company} ?
  How far is {city} from {city} ?
  Does {company} deliver to {place} ?
  Which bus goes to {university} ?
  Has anybody heard from {given} ?
  {given} reported on the visit to {city} .
  {given} to write to {company} before {day} .
  {given} <proposed|seconded|opposed> the motion .
  Action : {given} and {given} will draft a letter to the {ministry} .
  The minutes of {date} were read by {person} and approved .
  {initialled} asked whether {company} had paid for the hall .
  The food at this place in {street} is the best in {city} .
  The sound is great , but the cable from {company} broke after {count} weeks .
  I bought this on {wordco} and it never arrived .
  {band} 's new record is slow , sad and far too long .
  {person} 's second novel , set in {city} , is better than the first .
  {given} plays a nurse from {city} in this film , and plays her well .
  {band} opened the evening with a song about {city} .
  {band} will play in {city} , {city} and {city} in {month} .
  Would you buy a phone from {company} ?
  The concert by {band} at {university} was sold out .
  Ms. {family} from {company} gave a talk on solar power .
  The volunteers are needed by {charity} in {city} .
  My flight with {airline} was cancelled , and the staff in {city} were rude .
  {person} has <lost|found> a cat in {street} .
  There is an apartment to let in {street} , {city} , {count} rooms ; ask {given} .
  {given} thanked {given} for the cakes .
  Next meeting : {date} , {time} , at {company} in {city} .
  If {given} agrees , the money goes to the {thebody} .
  The room was booked by {given} from {university} .
  Why did {company} leave {country} ?
  {given} , {given} and {given} voted against .
  Can {given} bring the projector from {company} ?
  {given} <suggested|noted|explained> that the rent in {city} had gone up .
`);
