import { lines } from '../lists.js';

/** Messages, written without capitals. */
export const CHAT = lines(`
  hey {given} , are you still in {city} ?
  {given} says {company} is hiring in {city} again
  lol {given} got lost in {city} again
  can u pick up {given} from the station at {time} ?
  just landed in {city} , so tired !!
  {given} got the job at {company} :)
  my bus to {city} is late , start without me
  did {given} tell you about {university} ?
  anyone in {city} want tickets for {band} ?
  {teamcity} were awful last night , {given} left at half time
  i 'm at the {wordco} shop with {given}
  ok so {given} and {given} are coming , {given} is not
  we moved to {street} , come and see us
  happy birthday {given} !!! hugs from {place}
  {given} is off to {country} for {count} months , farewell drinks on {day} ?
  ask {wordgiven} , the one who knows everyone at {company}
  {wordgiven} is in {city} till sunday
  thx {given} , see you in {city} on {day}
  omg {band} are playing in {city} in {month}
  is {placegiven} coming or still in {city} ?
  {given} do n't forget the keys
  who 's driving to {place} , {given} or me ?
  {company} finally sent my refund
  never flying {airline} again
  {given} from {company} called , call back
  guess who i saw in {city} : {given} from school !
  u watching {club} tonight ?
  {given} : i ca n't , working at {company} till {n}
  {given} wo n't make it , the train from {city} is stuck
  the wifi at {university} is down again
  tell {given} the parcel from {city} is here
  {given} works at {company} in {city} now , not bad eh
`);

/** Headlines, written in capitals. */
export const HEADLINES = lines(`
  {company} cuts {num} jobs in {country}
  {teamcity} stun {club}
  {family} quits {company}
  {country} , {country} agree on water
  Floods hit {region}
  Fire at {city} market
  {club} sign {family}
  {person} wins seat in {city}
  {charity} warns of drought in {country}
  {ministry} blames storm for blackout
  Bus crash near {city} kills {count}
  {company} to buy {company}
  Ferry sinks off {island}
  {family} beats {family} in {city} final
  {city} schools shut by snow
  {familyco} opens {city} plant
  {paper} editor {person} retires
  {wordco} shares jump on {company} deal
  Strike at {university} ends
  {given} and {given} : our life in {city}
  How {person} saved {company}
  <Strike|Protest|Heat wave> ends after {n} days
  <Rice|Oil|Milk> prices <rise|fall> again in {month}
  Rain expected on {day}
  Sale : {n} % off all <shoes|lamps|books>
`);
