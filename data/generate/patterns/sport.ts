import { lines } from '../lists.js';

/** Sports reports; a city that plays is a club. */
export const SPORT = lines(`
  {teamcity} won {score} at home to {club} on {day} .
  {teamcity} beat {teamcity} {score} .
  {teamcity} lost {score} to {club} in {city} .
  {club} beat {club} {score} <in front of {big} fans|after extra time|on penalties> .
  {given} scored twice as {teamcity} beat {club} .
  {family} scored the winner for {club} in the {nth} minute .
  {club} striker {person} is out for {count} weeks with a knee injury .
  {teamcity} have signed {person} from {club} .
  {club} play {teamcity} in {city} on {day} .
  {person} ( {country} ) won the race in {n} minutes .
  {family} beat {family} 6-4 , 7-5 in the final in {city} .
  Coach {person} said {teamcity} were tired after the trip to {city} .
  {club} sacked their coach {person} on {day} after {count} defeats in a row .
  1. {person} ( {country} ) , 2. {person} ( {country} ) , 3. {person} ( {country} )
  {club} <top|lead> the table with {n} points , ahead of {club} and {teamcity} .
  Goals : {family} {minute} , {family} {minute} ; attendance : {big} .
  {initialled} was bowled for {n} by {family} .
  {teamcity} goalkeeper {person} saved a penalty .
  The match between {club} and {club} was put off because of fog .
  {given} moved to {club} from {teamcity} on loan .
  {club} {goals} , {club} {goals}
  {family} , who grew up in {city} , has played for {club} , {club} and {teamcity} .
  " {teamcity} were better than us , " said {club} captain {person} .
  Without {family} , {teamcity} looked lost in midfield .
  Fans of {club} sang all night in the streets of {city} .
  {given} ran for {club} before moving to {cityland} .
  {teamcity} need a draw against {club} to stay up .
  The Olympic champion {person} will miss the World Cup in {country} .
  {person} took the yellow jersey on the climb to {city} .
  {teamcity} 's new stadium in {street} holds {big} people .
  {country} 's {person} set a record of {percent} metres in {city} .
  {club} agreed to sell {person} to {club} for {n} million euros .
  {family} to {family} : no run .
  Halftime : {teamcity} {goals} , {teamcity} {goals} .
  {who} trains with {club} in {city} every winter .
  Referee {person} sent off two players of {club} .
  {teamcity} had not won in {city} since {year} , but goals from {family} and {family} gave them a {score} victory over {club} that their fans will remember for a long time .
  {club} defender {family} is back in training .
`);
