import { lines } from '../lists.js';

/** Notes on companies and markets. */
export const BUSINESS = lines(`
  {company} opened an office in {city} <in {month}|last year|with {num} staff> .
  {company} named {person} <chief executive|head of sales|chief engineer> on {day} .
  The shares in {company} rose {percent} percent in {city} after it raised its forecast .
  {company} said it would buy {company} for $ {num} million .
  {invented} , based in {cityland} , makes <pumps|tyres|paper|batteries|bicycles> .
  {person} , chief executive of {company} , expects sales in {region} to double .
  {company} and {company} will build a cable from {country} to {country} .
  {wordco} <opened|closed> {count} shops in {country} last quarter .
  {wordco} hired {person} from {company} .
  {familyco} will hire {num} workers in {city} , a spokesman said .
  {familyco} and {company} have ended their venture in {country} .
  The {nationality} carmaker cut {num} jobs , {paper} reported .
  {company} shares fell {percent} percent to {n} euros .
  The profit at {company} fell to {n} million dollars from {num} million a year ago .
  The analysts at {company} expect the <[ORG Bank of Japan]|[ORG Federal Reserve]|[ORG European Central Bank]> to keep rates unchanged .
  {given} bought a stake in {company} with money from {company} .
  {company} will move its head office from {city} to {city} by {soon} .
  {company} ( {city} ) reported a loss for the {count} months to {month} .
  The workers at the {company} plant in {city} voted for a new contract .
  The suppliers , such as {company} , {company} and {company} , were hit hardest .
  {person} and {person} own {n} percent of {company} each .
  Mr. {family} joined {company} from {company} in {year} .
  The board of {company} meets in {city} on {date} .
  {company} plans a store on {street} , opposite {wordco} .
  {invented} supplies {company} with glass from its factory in {region} .
  A former {company} manager , {person} , has started a bank in {city} .
  The exports from {country} to {country} grew {percent} percent in {month} .
  {wordco} and {wordco} both raised prices in {country} .
  {company} has sold its hotels on {island} to {company} .
  {initialled} , a partner at {company} , handled the sale .
  The tickets on {airline} from {route} now cost less than the train .
  {company} lent {company} {n} million euros , {paper} said .
  In {country} , {company} competes with {company} and {wordco} .
  {family} told investors in {city} that {company} would not cut its dividend .
  " We like {country} , " said {company} 's {person} .
  The [ORG Competition Commission] approved the merger of {company} and {company} on {day} .
  {company} recalled {big} <cars|heaters|phones> sold in {country} between {recent} and last {month} .
  {company} said on {day} that {person} , who had run its business in {region} since {recent} , would take over from {person} as chairman .
`);
