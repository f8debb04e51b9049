import { lines } from '../lists.js';

/** Names that only their sentence can tell apart: people, companies, cities and clubs of one name, and ordinary words. */
export const AMBIGUOUS = lines(`
  {coperson} drives to work in {city} .
  {cofamily} , a(n) {job} from {city} , <voted no|sold the house|thanked the jury> .
  Mr. {cofamily} <signed|read|burned> the letter .
  Ms. {cofamily} works for {familyco} , no relation .
  Dr. {cofamily} will see you now .
  {familyco} <closed|opened|sold> its plant in {city} .
  {familyco} shares <rose|fell> {percent} percent on {day} .
  She bought a used <[ORG Ford]|[ORG Honda]|[ORG Suzuki]|[ORG Renault]> from a dealer in {city} .
  {given} worked for {familyco} in {city} , and so did {person} .
  The engineers at {familyco} in {city} went back to work .
  {given} left {familyco} for {wordco} .
  {familyco} said {person} would run its office in {placename} .
  {placegiven} <smiled|called|fell asleep|told me> .
  {placegiven} and {given} were married in {placename} .
  {placegiven} said that {city} was too hot .
  {placeperson} <plays|sings|teaches> in {city} .
  {given} flew to {placename} with {placegiven} .
  We stayed {count} nights in {placename} .
  The weather in {placename} was fine .
  I told {placegiven} about the house .
  {placegiven} works at {company} in {placename} .
  My cousin {placegiven} lives near {placename} .
  He left {placename} when he was {n} .
  {wordgiven} <works|worked> at {wordco} in {city} .
  {wordperson} <may|will> leave {wordco} in {month} .
  {given} and {wordgiven} grew roses in {placename} .
  " Thank you , {wordgiven} , " said {given} .
  {wordgiven} , {wordgiven} and {given} shared a flat in {city} .
  We told {wordgiven} to wait .
  {wordco} will <hire|lay off> {num} people in {city} .
  {wordco} said the {month} figures were good .
  She <works|worked|interned> at {wordco} .
  The new phone from <[ORG Apple]|[ORG Orange]|[ORG Virgin]> costs {num} euros .
  {given} ate an apple while the people from [ORG Apple] talked .
  An orange fell off the truck outside the [ORG Orange] shop .
  The shell on my desk is from {spot} ; the cup is from [ORG Shell] .
  They missed the sales target at [ORG Target] again .
  The [LOC Amazon] is long ; [ORG Amazon] is big .
  The boats go up the [LOC Amazon] twice a week .
  A parcel from [ORG Amazon] arrived for {given} .
  {teamcity} won , and the whole city sang .
  {teamcity} will play {teamcity} on {date} .
  {given} lives in [LOC Manchester] but supports [ORG Liverpool] .
  [ORG Chelsea] beat [ORG Barcelona] in [LOC Barcelona] .
  [ORG Manchester United] fans filled the pubs of [LOC Manchester] .
  {given} studied at the [ORG University of Nairobi] , far from [LOC Nairobi] 's noisy centre .
  [ORG The Lagos Herald] is printed in [LOC Lagos] , as is {paper} .
  [PER Lincoln] was a lawyer before he was president .
  [LOC Lincoln] is a city with a steep hill .
  [PER Washington] never slept in this house .
  The train to [LOC Washington] leaves at {time} .
  [PER Jordan] said that [LOC Jordan] was beautiful .
  [PER Florence] was named after [LOC Florence] , not after an aunt .
  [PER Chelsea] hates football ; [ORG Chelsea] won anyway .
  [PER April] was born in April .
  In May , [PER May] moved to {city} .
  [PER Will] will ask {given} .
  [PER Mark] got the best mark in the class .
  [PER Rose] rose and left the room .
  [PER Grant] got a grant from {university} .
  [PER Bill] paid the bill .
  There was little hope , [PER Hope] said .
  {month} was cold , and [PER June] stayed in .
  [PER Victoria] saw [LOC Victoria] , [LOC Lake Victoria] and half of {country} .
  The hills behind [LOC Victoria] were green .
  {person} of {familyco} met {coperson} in {city} .
  I know that neither [PER Paris] nor {given} had been to [LOC Paris] .
  {club} come from {city} , and {teamcity} do not .
  {wordgiven} and {placegiven} <left|arrived|waited> .
  The {cofamily} family has lived in {city} since {year} .
  [PER Henry Ford] founded [ORG Ford] .
  [PER Werner von Siemens] started [ORG Siemens] in [LOC Berlin] .
  [PER Soichiro Honda] built engines before [ORG Honda] built cars .
  [PER Jamsetji Tata] gave [ORG Tata] its name .
  [PER Michael Dell] began [ORG Dell] as a student in [LOC Austin] .
  [PER Gerard Philips] and his father set up [ORG Philips] in [LOC Eindhoven] .
`);
