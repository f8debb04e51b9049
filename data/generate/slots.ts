import { pickName, type Names } from './names.js';
import * as orgs from './names/organisations.js';
import { COMPANY_FAMILY, INITIALS, PEOPLE, PERSON_PLACES, WORD_GIVEN } from './names/people.js';
import * as places from './names/places.js';
import { ORDINARY_SLOTS } from './words.js';

/** Tokens separated by blanks, the entity type they have in common (`''` for none). */
export interface Phrase {
  readonly text: string;
  readonly type: 'PER' | 'ORG' | 'LOC' | '';
}

/** What a pattern's `{name}` may become. */
export type Slot = (names: Names) => readonly Phrase[];

type Naming = (names: Names) => string;

function from(list: readonly string[]): Naming {
  return (names) => pickName(list, names);
}

/** One of the ways, those given twice being twice as likely. */
function oneOf(...ways: readonly Naming[]): Naming {
  return (names) => names.draw.any(ways)(names);
}

function entity(type: Phrase['type'], naming: Naming): Slot {
  return (names) => [{ text: naming(names), type }];
}

const given: Naming = (names) => pickName(names.draw.any(PEOPLE).given, names);
const family: Naming = (names) => pickName(names.draw.any(PEOPLE).family, names);

function fullName(names: Names): string {
  const { given, family, familyFirst } = names.draw.any(PEOPLE);
  const first = pickName(given, names);
  const last = pickName(family, names);
  if (familyFirst) return `${last} ${first}`;
  if (names.draw.chance(0.12)) return `${first} ${names.draw.any(INITIALS)} ${last}`;
  if (names.draw.chance(0.08)) return `${first} ${pickName(given, names)} ${last}`;
  return `${first} ${last}`;
}

function initialled(names: Names): string {
  const initials = names.draw.chance(0.3)
    ? `${names.draw.any(INITIALS)} ${names.draw.any(INITIALS)}`
    : names.draw.any(INITIALS);
  return `${initials} ${family(names)}`;
}

const city = from(places.CITIES);
const country = from(places.COUNTRIES.map(({ name }) => name));
const region = from(places.REGIONS);

function cityAndCountry(names: Names): Phrase[] {
  const { name, cities } = names.draw.skewed(places.COUNTRIES);
  const within = pickName(cities.length < 4 ? [...cities, ...cities, ...cities] : cities, names);
  return [{ text: within, type: 'LOC' }, { text: ',', type: '' }, { text: name, type: 'LOC' }];
}

function street(names: Names): string {
  if (names.draw.chance(0.3)) return pickName(places.STREETS, names);
  const called = names.draw.chance(0.3) ? city(names) : pickName(places.STREET_NAMES, names);
  return `${called} ${names.draw.any(['Street', 'Street', 'Road', 'Avenue', 'Lane', 'Square'])}`;
}

const club = oneOf(
  from(orgs.CLUBS),
  (names) => `${city(names)} ${names.draw.skewed(orgs.CLUB_ENDINGS)}`,
);
const newspaper = oneOf(
  from(orgs.PAPERS),
  from(orgs.PAPERS),
  (names) => `${city(names)} ${names.draw.any(orgs.PAPER_ENDINGS)}`,
);
const university = oneOf(
  from(orgs.UNIVERSITIES),
  (names) => `University of ${city(names)}`,
  (names) => `${city(names)} University`,
);
const company = oneOf(
  from(orgs.COMPANIES),
  from(orgs.COMPANIES),
  from(orgs.COMPANIES),
  from(orgs.COMPANIES),
  (names) => `${family(names)} ${names.draw.any(['Industries', '& Sons', 'Group', 'Foods', 'Motors', 'Ltd.'])}`,
  (names) => `${city(names)} ${names.draw.any(['Bank', 'Airlines', 'Textiles', 'Power', 'Shipping'])}`,
);

/** The names a pattern may use in braces. */
export const SLOTS: ReadonlyMap<string, Slot> = new Map<string, Slot>([
  ['who', entity('PER', oneOf(given, given, fullName))],
  ['person', entity('PER', fullName)],
  ['given', entity('PER', given)],
  ['family', entity('PER', family)],
  ['initialled', entity('PER', initialled)],
  ['wordgiven', entity('PER', from(WORD_GIVEN))],
  ['placegiven', entity('PER', from(PERSON_PLACES))],
  ['cofamily', entity('PER', from(COMPANY_FAMILY))],
  ['company', entity('ORG', company)],
  ['familyco', entity('ORG', from(COMPANY_FAMILY))],
  ['wordco', entity('ORG', from(orgs.WORD_COMPANIES))],
  ['club', entity('ORG', club)],
  ['teamcity', entity('ORG', from(orgs.CITY_TEAMS))],
  ['university', entity('ORG', university)],
  ['paper', entity('ORG', newspaper)],
  ['ministry', entity('ORG', (names) => `Ministry of ${pickName(orgs.PORTFOLIOS, names)}`)],
  ['band', entity('ORG', from(orgs.BANDS))],
  ['body', entity('ORG', from(orgs.BODIES))],
  ['thebody', entity('ORG', from(orgs.THE_BODIES))],
  ['city', entity('LOC', city)],
  ['country', entity('LOC', country)],
  ['region', entity('LOC', region)],
  ['place', entity('LOC', oneOf(city, city, country, region))],
  ['cityland', cityAndCountry],
  ['placename', entity('LOC', from(PERSON_PLACES))],
  ['river', entity('LOC', from(places.RIVERS))],
  ['range', entity('LOC', from(places.RANGES))],
  ['spot', entity('LOC', from(places.SPOTS))],
  ['street', entity('LOC', street)],
  ...ORDINARY_SLOTS,
]);
