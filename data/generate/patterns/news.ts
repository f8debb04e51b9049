import { lines } from '../lists.js';

/** Opening sentences of reports. */
export const NEWS = lines(`
  {person} , the mayor of {city} , <opened|closed|visited> the new {street} bridge on {day} .
  The rain closed schools in {neighbours} on {day} , officials said .
  The {ministry} said on {day} that {num} clinics in {region} would reopen .
  {country} and {country} signed a fishing agreement in {city} on {day} .
  At least {n} people were rescued from a ferry on the {water} , {paper} reported .
  The {thebody} <urged|asked> {country} to open its ports to grain ships .
  {person} will lead the talks between {country} and {country} , a diplomat said .
  A {nationality} court <freed|fined> two fishermen arrested near {island} .
  The firefighters in {region} fought a blaze for {count} days before the wind turned .
  " We will rebuild , " {family} told {paper} in {city} .
  {city} - Thousands of commuters walked home on {day} after a power cut .
  {paper} said {person} had turned down the post of finance minister .
  The train from {route} was delayed by {n} hours because of snow .
  President {family} <arrived in|left|returned to> {city} on {day} for a meeting with Prime Minister {family} .
  The teachers in {city} ended a(n) {n} - day strike after talks with the {ministry} .
  Farmers along the {river} say the water has not been this low since {year} .
  {charity} sent {num} tents to {region} after the earthquake .
  The police in {city} found a painting that was stolen from a museum in {city} in {year} .
  An oil tanker ran aground off {island} early on {day} ; nobody was hurt .
  In {month} voters in {region} will go to the polls , the electoral commission said .
  The governor of {region} , {person} , <declined to comment|promised new roads|called for calm> .
  {country} 's foreign minister {person} flew to {city} late on {day} .
  The scientists at {university} have found a frog that lives only on {island} .
  The {thebody} and {body} will share an office in {city} from {month} .
  The people of {street} in {city} complained about the noise for years before the council acted .
  {initialled} , who led the inquiry , said the dam in the {range} was safe .
  A group of {n} climbers from {country} is missing in the {range} , {paper} said on its website .
  The {nationality} government expects {big} visitors this year , {percent} percent more than last year .
  {person} was elected <speaker|chairman> of {body} by {n} votes .
  The former minister {person} has <joined|left> the {thebody} , according to {paper} .
  Two lorries collided on the road between {neighbours} on {day} , closing it for {count} hours .
  The {ministry} of {country} denied a report in {paper} that fuel prices would rise .
  In {city} , shopkeepers swept up glass while {person} , who owns a bakery in {street} , handed out bread .
  On {day} storms swept across {region} and parts of {country} overnight .
  A judge in {city} ruled that {company} must pay for cleaning its canal .
  {person} , {n} , swam across the {river} to raise money for {charity} .
  The students of {university} marched to the {ministry} on {day} .
  {paper} and {paper} both put {family} on the front page .
  The health workers have vaccinated {big} children in {region} since {month} , {charity} said .
  {city} - The price of rice rose again this week , traders said .
  The last ship left {city} for {island} at {time} .
  The aid from {country} , {country} and {country} reached {city} on {day} .
  Ambassador {family} met {person} of <[ORG NATO]|[ORG ASEAN]|[ORG Mercosur]> in {city} to discuss the border , which has been closed since {month} .
  A museum about the {river} opens in {city} next {month} .
  The {nationality} singer {person} will give {count} concerts in {region} .
  The police in {city} said that {person} , a(n) {job} from {cityland} , had been found alive after {count} days in the {range} .
  More than {num} delegates from {country} , {country} and {country} met in {city} on {day} to discuss how the water of the {river} should be shared , but no date was set for another round .
  The {thebody} , which moved to {city} in {year} , employs {num} people , among them {person} and {person} .
`);
