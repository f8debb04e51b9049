import { lines, list } from '../lists.js';

/** A country and some of its cities; cities of one country stand together so that addresses are true. */
export interface Country {
  readonly name: string;
  readonly cities: readonly string[];
}

const COUNTRY_LINES = `
  India: Bengaluru, Mumbai, Chennai, New Delhi, Pune, Kochi, Hyderabad, Kolkata, Mysuru, Coimbatore, Jaipur, Shillong, Nagpur
  Nigeria: Lagos, Abuja, Kano, Ibadan, Port Harcourt, Enugu, Kaduna, Calabar
  Brazil: São Paulo, Rio de Janeiro, Recife, Brasília, Curitiba, Manaus, Belo Horizonte, Salvador
  South Korea: Seoul, Busan, Incheon, Daegu, Gwangju, Jeju
  Finland: Helsinki, Tampere, Turku, Oulu, Espoo, Rovaniemi
  Poland: Warsaw, Kraków, Gdańsk, Wrocław, Łódź, Poznań, Lublin
  Mexico: Mexico City, Guadalajara, Monterrey, Oaxaca, Puebla, Mérida, Tijuana
  Egypt: Cairo, Alexandria, Aswan, Luxor, Port Said
  Vietnam: Hanoi, Da Nang, Ho Chi Minh City, Hue, Can Tho
  Turkey: Istanbul, Ankara, Izmir, Bursa, Antalya, Trabzon
  Kenya: Nairobi, Mombasa, Kisumu, Eldoret, Nakuru
  Germany: Berlin, Munich, Hamburg, Cologne, Stuttgart, Leipzig, Dresden, Bremen, Freiburg
  France: Paris, Lyon, Marseille, Toulouse, Lille, Nantes, Strasbourg, Grenoble
  Japan: Tokyo, Osaka, Kyoto, Sapporo, Nagoya, Fukuoka, Kobe, Sendai
  China: Beijing, Shanghai, Shenzhen, Chengdu, Guangzhou, Wuhan, Xi'an, Harbin
  Spain: Madrid, Barcelona, Seville, Valencia, Bilbao, Zaragoza, Granada
  Italy: Rome, Milan, Turin, Naples, Florence, Bologna, Palermo
  Britain: London, Manchester, Leeds, Glasgow, Cardiff, Bristol, Lincoln, York
  Canada: Toronto, Vancouver, Montreal, Halifax, Calgary
  Australia: Sydney, Melbourne, Perth, Brisbane, Adelaide, Darwin
  New Zealand: Auckland, Wellington, Christchurch, Dunedin
  Ghana: Accra, Kumasi, Tamale, Cape Coast
  South Africa: Cape Town, Johannesburg, Durban, Pretoria
  Morocco: Casablanca, Rabat, Marrakesh, Fez
  Saudi Arabia: Riyadh, Jeddah, Medina
  Jordan: Amman, Aqaba, Irbid
  Oman: Muscat, Salalah
  Ukraine: Kyiv, Lviv, Odesa, Kharkiv
  Norway: Oslo, Bergen, Trondheim, Tromsø
  Sweden: Stockholm, Gothenburg, Malmö, Uppsala
  Portugal: Lisbon, Porto, Braga
  Argentina: Buenos Aires, Córdoba, Rosario, Mendoza
  Chile: Santiago, Valparaíso, Temuco
  Colombia: Bogotá, Medellín, Cartagena
  Peru: Lima, Cusco, Arequipa
  Indonesia: Jakarta, Bandung, Surabaya, Medan
  Thailand: Bangkok, Chiang Mai, Phuket
  Ethiopia: Addis Ababa, Gondar
  Tanzania: Dar es Salaam, Arusha, Dodoma
  Fiji: Suva, Nadi
  Samoa: Apia
  Tonga: Nuku'alofa
  Greece: Athens, Thessaloniki, Patras
  Austria: Vienna, Graz, Salzburg
  Georgia: Tbilisi, Batumi
  Senegal: Dakar, Saint-Louis
  Bangladesh: Dhaka, Chittagong
  Sri Lanka: Colombo, Kandy, Galle
`;

/** Cities written without their country. */
const MORE_CITIES = list(`
  Boston, Chicago, Austin, San Francisco, New York, Dallas, Singapore, Dubai, Seattle, Geneva, Amsterdam, Denver, Zurich,
  Brussels, Houston, Kampala, Manila, Orlando, Doha, Kuala Lumpur, Rotterdam, Charlotte, Copenhagen, Savannah, Utrecht
`);

/** Said without an article, as in "in Kerala". */
export const REGIONS = list(`
  Kerala, Bavaria, California, Texas, Lapland, Catalonia, Punjab, Tuscany, Hokkaido, Anatolia, Silesia, Bihar, Normandy,
  Jalisco, Sichuan, Patagonia, Brittany, Tamil Nadu, Queensland, Andalusia, Borneo, Sicily, Galicia, Upper Egypt,
  Western Kenya, Chiapas, Kashmir, Wales, Scotland, Oromia, Tasmania, Gujarat, Northern Ireland, Minas Gerais
`);

/** Said with "the". */
export const RIVERS = list(`
  Nile, Mekong, Danube, Amazon, Ganges, Niger, Rhine, Yangtze, Vistula, Volta, Loire, Zambezi, Orinoco, Kaveri, Thames, Tigris,
  Elbe, Paraná, Limpopo, Brahmaputra
`);

/** Said with "the". */
export const SEAS = list(`
  Pacific, Baltic Sea, Red Sea, Indian Ocean, Black Sea, Gulf of Guinea, Arabian Sea, Bosphorus, Mediterranean, South China Sea,
  North Sea, Gulf of Finland
`);

/** Said with "the". */
export const RANGES = list(`
  Himalayas, Andes, Alps, Atlas Mountains, Western Ghats, Carpathians, Taurus Mountains, Sierra Madre, Pyrenees, Dolomites,
  Nilgiri Hills, Tatra Mountains, Drakensberg, Rwenzori Mountains, Simien Mountains, Caucasus
`);

/** Said without an article. */
export const ISLANDS = list(`
  Zanzibar, Bali, Tahiti, Crete, Robben Island, Sakhalin, Easter Island, Okinawa, Guam, Lamu Island, Jeju Island, Cozumel,
  Vanua Levu, Gotland
`);

/** Said without an article. */
export const PEAKS = list(`
  Mount Kenya, Mount Fuji, Kilimanjaro, Table Mountain, Mount Ararat, Mont Blanc, Nanda Devi, Aconcagua, Mount Elgon, Rysy
`);

/** Said without an article. */
export const LAKES = list(`
  Lake Victoria, Lake Como, Lake Titicaca, Lake Turkana, Loch Ness, Lake Baikal, Lake Chapala, Lake Van
`);

/** What streets are called after, beside people and cities. */
export const STREET_NAMES = list(`
  King, Station, Lincoln, Market, Church, Gandhi, Victoria, Park, Mill, Garden, Harbour, Queen, Independence, Grant, Castle,
  Brigade, Nguyen Hue, Chapel, Residency, Orchard, Kenyatta, Ataturk
`);

/** Streets with names of their own. */
export const STREETS = list(`
  Calle Mayor, Rua Augusta, Via Roma, Unter den Linden, Avenida Paulista, Broadway, Rue de Rivoli, Moi Avenue, Nevsky Prospekt,
  Nowy Świat, Mannerheimintie, MG Road, Jalan Sudirman, Herrengasse
`);

export const COUNTRIES: readonly Country[] = lines(COUNTRY_LINES).map((line) => {
  const [name, cities] = line.split(': ');
  return { name, cities: list(cities) };
});

/** Every city, the first of each country before the second of any: the well-known come first. */
export const CITIES: readonly string[] = interleave([...COUNTRIES.map(({ cities }) => cities), MORE_CITIES]);

function interleave(rows: readonly (readonly string[])[]): string[] {
  const longest = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: longest }, (_, column) => rows.flatMap((row) => row.slice(column, column + 1))).flat();
}
