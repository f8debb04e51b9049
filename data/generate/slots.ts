import * as orgs from './names/organisations.js';
import { COMPANY_FAMILY, INITIALS, PEOPLE, PERSON_PLACES, WORD_GIVEN } from './names/people.js';
import * as places from './names/places.js';
import { type Names, pickEvenly, pickName } from './names.js';
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

/** All given names are equally frequent: a tagger must meet many it sees but once or twice. */
const given: Naming = (names) => pickEvenly(names.draw.any(PEOPLE).given, names);
const family: Naming = (names) => pickName(names.draw.any(PEOPLE).family, names);

function both(first: Naming, last: Naming): Naming {
  return (names) => `${first(names)} ${last(names)}`;
}

function fullName(names: Names): string {
  const { given, family, familyFirst } = names.draw.any(PEOPLE);
  const first = pickEvenly(given, names);
  const last = pickName(family, names);
  if (familyFirst) return `${last} ${first}`;
  if (names.draw.chance(0.12)) return `${first} ${names.draw.any(INITIALS)} ${last}`;
  const middle = pickEvenly(given, names);
  if (middle !== first && names.draw.chance(0.08)) return `${first} ${middle} ${last}`;
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
  return [
    { text: within, type: 'LOC' },
    { text: ',', type: '' },
    { text: name, type: 'LOC' },
  ];
}

/** `A and B` or `A to B`: two cities of one country, so that a train can run between them. */
function twoCities(link: string): Slot {
  return (names) => {
    const { cities } = names.draw.any(places.COUNTRIES.filter((one) => one.cities.length > 4));
    const [one, other] = names.draw.shuffled(cities.slice(0, 5));
    return [
      { text: one, type: 'LOC' },
      { text: link, type: '' },
      { text: other, type: 'LOC' },
    ];
  };
}

function street(names: Names): string {
  if (names.draw.chance(0.3)) return pickName(places.STREETS, names);
  const called = names.draw.chance(0.3) ? city(names) : pickName(places.STREET_NAMES, names);
  return `${called} ${names.draw.any(['Street', 'Street', 'Road', 'Avenue', 'Lane', 'Square'])}`;
}

const club = oneOf(from(orgs.CLUBS), (names) => `${city(names)} ${names.draw.skewed(orgs.CLUB_ENDINGS)}`);
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
/** With the article that running text puts before `University of …`. */
function universityInText(names: Names): Phrase[] {
  const text = university(names);
  const article: Phrase[] = /^(University of|Sorbonne)/u.test(text) ? [{ text: 'the', type: '' }] : [];
  return [...article, { text, type: 'ORG' }];
}

const company = oneOf(
  from(orgs.REAL_COMPANIES),
  from(orgs.REAL_COMPANIES),
  from(orgs.REAL_COMPANIES),
  from(orgs.REAL_COMPANIES),
  from(orgs.INVENTED_COMPANIES),
  from(orgs.INVENTED_COMPANIES),
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
  ['wordperson', entity('PER', both(from(WORD_GIVEN), family))],
  ['placeperson', entity('PER', both(from(PERSON_PLACES), family))],
  ['coperson', entity('PER', both(given, from(COMPANY_FAMILY)))],
  ['cofamily', entity('PER', from(COMPANY_FAMILY))],
  ['company', entity('ORG', company)],
  ['familyco', entity('ORG', from(COMPANY_FAMILY))],
  ['airline', entity('ORG', from(orgs.AIRLINES))],
  ['charity', entity('ORG', from(orgs.CHARITIES))],
  ['invented', entity('ORG', from(orgs.INVENTED_COMPANIES))],
  ['wordco', entity('ORG', from(orgs.WORD_COMPANIES))],
  ['club', entity('ORG', club)],
  ['teamcity', entity('ORG', from(orgs.CITY_TEAMS))],
  ['university', universityInText],
  ['listeduniversity', entity('ORG', university)],
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
  ['neighbours', twoCities('and')],
  ['route', twoCities('to')],
  ['placename', entity('LOC', from(PERSON_PLACES))],
  ['river', entity('LOC', from(places.RIVERS))],
  ['water', entity('LOC', oneOf(from(places.RIVERS), from(places.SEAS)))],
  ['range', entity('LOC', from(places.RANGES))],
  ['island', entity('LOC', from(places.ISLANDS))],
  ['peak', entity('LOC', from(places.PEAKS))],
  ['spot', entity('LOC', oneOf(from(places.ISLANDS), from(places.PEAKS), from(places.LAKES)))],
  ['street', entity('LOC', street)],
  ...ORDINARY_SLOTS,
]);
