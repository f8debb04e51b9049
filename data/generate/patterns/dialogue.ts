import { lines } from '../lists.js';

/** Speech and stories. */
export const DIALOGUE = lines(`
  " Where is {given} ? " asked {given} .
  " I have never been to {place} , " said {given} .
  " {given} , wait for me ! " she cried .
  " You should see {spot} in {month} , " {given} said .
  " Have you met {person} from {company} ? " he asked .
  {given} laughed . " In {city} , perhaps . "
  {given} <shrugged|sighed|nodded|frowned> and <looked away|said nothing|picked up the phone> .
  {given} opened the door , and there stood {given} .
  {given} 's brother had sailed to {country} in {year} and never written .
  " Is it far to {city} ? " " Two hours , " said the driver .
  {given} put the letter from {city} on the table .
  " My father worked for {company} all his life , " {given} said quietly .
  They called the dog {given} , after a neighbour in {city} .
  " {wordgiven} will be late , " {given} said , and looked at the clock .
  {given} whispered , " Do n't tell {given} . "
  Old Mrs. {family} had kept a shop in {street} since before the war .
  {given} <dreamed|talked|sang> of the {range} .
  " Ask {given} or {given} , " he said , " but not {given} . "
  It was {given} who first saw the smoke over {city} .
  {given} <forgot|remembered|hated|loved> {city} .
  Nobody in {city} believed {given} .
  Captain {family} looked at the map of the {water} and smiled .
  " No , " said {given} , " that is {person} 's car . "
  {given} and {given} crossed the {river} at night , with {count} goats and a radio , and reached {city} before the rain .
  " {wordgiven} ! " {given} shouted . " We are going to miss the train to {city} ! "
  When {given} came home from {place} , the house in {street} was empty .
  {given} did n't answer .
  {given} 's neighbour , {given} , was from {region} .
  {given} ate slowly and thought of {placegiven} .
  " I 'm {given} , " she said . " From {city} . "
  Cousin {given} never talked about {country} .
  " The {water} ? " {given} asked . " At this hour ? "
  {given} <waited|slept|cried|waved> .
  {given} <knew|liked|missed|envied> {given} .
`);
