import { lines } from '../lists.js';

/** Addresses, lists, captions, signatures, tables and other things that are no full sentence. */
export const FRAGMENTS = lines(`
  {person} , {n} {street} , {postcode} {cityland}
  {n} {street} , {city} {postcode}
  {company} , {street} , {cityland}
  {person} , {listeduniversity} , {country}
  {year} - {year} : {job} , {company} , {city}
  {year} : M.Sc. , {listeduniversity}
  Languages : {language} , {language} , some {language}
  Born : {date} , {year} , {cityland}
  Present : {person} , {person} , {person} ; apologies : {person}
  From : {person} ( {company} )
  To : {person} ; Cc : {given} , {given}
  Photo : {person} / {paper}
  By {person} in {city}
  Contact : {person} , {ministry} , {city}
  References : Dr. {person} , {listeduniversity} ; {initialled} , {company}
  Guests : {given} , {given} , {given} and {given}
  Offices : {city} , {city} , {city} , {city}
  Directed by {person} ; music by {band}
  {company} , {city} branch
  Tel. {postcode} , ask for {given}
  {person} , {job} , {city}
  {city} : cloudy , {n} degrees ; {city} : rain , {n} degrees
  {family} , {initialled} and {initialled} ( {year} )
  Speaker : {person} , {body}
  Flight {n} {city} - {city} , {company} , departs {time}
  Left to right : {given} , {given} and {person} in {city} , {year}
  Translated from the {language} by {person}
  c/o {family} , {street} , {city}
  Sponsors : {company} , {company} and the {thebody}
  {date} : {city} ; {date} : {city} ; {date} : {spot}
  {person} ( {paper} ) , {person} ( {listeduniversity} ) , {person} ( {company} )
  Internship , {company} , {city} , {month} to {month}
  Editor : {person} . Printed in {country} .
  Winner : {given} , {city}
`);
