import { lines } from '../lists.js';

/** Letters and notes on the road. */
export const TRAVEL = lines(`
  Dear {given} ,
  Dear Mr. {family} ,
  Dear Ms. {family} , thank you for your letter of {date} .
  Yours sincerely , {person}
  Love from {city} , {given} and {given}
  We took the night train from {route} and slept badly .
  By bus it is {count} hours from {route} , across the {range} .
  {spot} is best seen <at dawn|from far away|in {month}> .
  The bus to {spot} leaves at {time} every day except {day} .
  In {region} they eat this with rice and pickles .
  {given} is fine and sends greetings from {city} .
  {given} took us to a market near {street} .
  The old town of {city} lies on a hill above the river .
  You can buy a map of {region} at the station in {city} .
  {city} has {count} museums and one very good bakery , in {street} .
  The beaches of {country} are quiet in {month} .
  We flew {airline} to {cityland} , and the food was fine .
  I hope you and {given} will come to {place} in the spring .
  Please give my regards to {given} and to everyone at {company} .
  After {city} the road climbs into the {range} and the villages end .
  Our guide , {person} , had climbed {peak} {n} times .
  After {city} , {city} felt calm .
  Nobody told us that {spot} closes in {month} .
  We hired a boat on the {river} for {n} dollars .
  {country} needs a visa ; {country} does not .
  There was rain in {city} , sun in {city} , snow on the {range} .
  {given} wants to see {city} , {city} and {city} before we go home .
  As {person} writes in a guide to {region} , the best soup is sold from a window in {street} .
  It is warmer in {city} than in {city} .
  The bus to {city} stops outside the university , near the statue of {person} .
  I met {given} , a(n) {job} from {city} , on the boat to {island} .
  Is the pass between {country} and {country} open in winter ?
  We leave {country} for {country} tomorrow .
  In the evening , {given} and I walked along the {river} as far as {street} , where a band from {country} was playing for a wedding .
  The {river} was brown and wide .
`);
