import { list } from '../lists.js';

/** Companies of the real world, the well-known first. */
export const REAL_COMPANIES = list(`
  Cisco, Infosys, Nokia, Google, Samsung, Microsoft, Siemens, Toyota, Amazon, Tata Motors, Airbus, Petrobras, Sony, Apple,
  Wipro, Safaricom, Intel, IBM, Volvo, Huawei, Ericsson, Unilever, Shell, Nestlé, Hyundai, Spotify, Dangote Cement,
  Grupo Bimbo, Cemex, Kone, Embraer, Hitachi, SAP, Bosch, Orange, Renault, Vodafone, Target, LG Electronics, Turkish Airlines,
  Air India, Alibaba, Tencent, Oracle, Zenith Bank, Deutsche Bahn, Allegro, FPT, Vinamilk, Orascom, Panasonic, Philips,
  Air France, Honda, Nintendo, Marimekko, Natura, Dell, Kenya Airways, Arçelik, Ford, HDFC Bank, Adobe, Maersk, Lufthansa,
  Equity Bank, Reliance Industries, BMW, Heineken, Uber, Zoho, Fujitsu, Lenovo, Saudi Aramco, MTN, Finnair, Itaú, Zoom
`);

/** Companies of which any small news may be told. */
export const INVENTED_COMPANIES = list(`
  Brightwater Systems, Kestrel Logistics, Novatek Labs, Halcyon Foods, Lumora, Tindari Textiles, Quantiva, Redfern & Sons,
  Blue Heron Press, Okavango Solar, Sahyadri Software, Mirabel Bank, Polarlink, Vantor, Bluegum Airlines, Castellane Hotels,
  Ostrava Steel, Delta Mills Ltd., Harbour Freight Co., Oyelaran Motors, Zephyr Robotics, Pinecrest Insurance, Tekra Inc.,
  Monsoon Coffee, Arvika Shipping, Solmar Energia, Nimbus Health, Yellow Kite Films, Greenfield Partners, Ardent Pharma,
  Falcon Ridge Mining, Tidewater Media, Koyo Ceramics, Baobab Telecom, Sparrow & Finch, Umi Foods, Lakeside Dairy
`);

/** Companies that are ordinary words. */
export const WORD_COMPANIES = list(`
  Apple, Shell, Target, Orange, Amazon, Oracle, Gap, Visa, Subway, Zoom, Meta, Sky, Next, Boots, Slack, Square, Stripe, Puma,
  Jaguar, Caterpillar, Virgin, Alphabet
`);

export const AIRLINES = list(`
  Kenya Airways, Air India, Finnair, Turkish Airlines, Lufthansa, Bluegum Airlines, Air France, Ethiopian Airlines, Qantas, LATAM,
  Korean Air, Fiji Airways, EgyptAir, Vietnam Airlines
`);

/** Said without an article. */
export const CHARITIES = list(
  'UNICEF, Oxfam, Save the Children, Médecins Sans Frontières, CARE International, WaterAid, Caritas, Islamic Relief',
);

/** Bodies said with "the". */
export const THE_BODIES = list(`
  United Nations, World Bank, Red Cross, European Union, African Union, World Health Organization, Supreme Court, Senate,
  Labour Party, Green Party, Reserve Bank of India, Bank of Japan, European Central Bank, Congress Party, Peace Corps, BBC,
  Federal Reserve, Bank of Ghana, National Union of Teachers, International Monetary Fund, Red Crescent, Civic Alliance
`);

/** Bodies said without an article. */
export const BODIES = list(`
  UNICEF, NASA, Interpol, ASEAN, OPEC, FIFA, Greenpeace, Amnesty International, Oxfam, UNESCO, Congress, Parliament, NATO,
  Mercosur, Save the Children, Médecins Sans Frontières, CERN, Eskom, ISRO
`);

export const PORTFOLIOS = list(`
  Health, Finance, Education, Foreign Affairs, Agriculture, Defence, Transport, Labour, Tourism, Energy, Culture, Water,
  Trade and Industry, Home Affairs, Fisheries, Justice
`);

export const CLUBS = list(`
  Manchester United, Real Madrid, Bayern Munich, Al Ahly, Arsenal, Boca Juniors, Galatasaray, Kaizer Chiefs, Juventus, Ajax,
  Mumbai Indians, Urawa Reds, Flamengo, Gor Mahia, Celtic, Everton, Enyimba, Legia Warsaw, Club América, Benfica, River Plate,
  Chennai Super Kings, Boston Celtics, Chicago Bulls, Borussia Dortmund, HJK Helsinki, Mohun Bagan, Corinthians, Zamalek,
  Hearts of Oak, Toronto Maple Leafs, Fenerbahçe, Aston Villa, New York Yankees, Hanoi FC, Santos, Paris Saint-Germain
`);

/** Clubs that go by the name of their city alone. */
export const CITY_TEAMS = list(`
  Barcelona, Liverpool, Chelsea, Valencia, Porto, Marseille, Dortmund, Milan, Seville, Lyon, Chicago, Boston, Dallas, Toronto,
  Denver, Houston, Manchester, Glasgow, Rosario, Lagos, Nantes, Bilbao, Leipzig, Brisbane, Lille, Leeds
`);

export const CLUB_ENDINGS = list(
  'United, City, FC, Rovers, Wanderers, Athletic, Tigers, Stars, Lions, Sharks, Rangers, Hockey Club',
);

export const PAPER_ENDINGS = list('Herald, Times, Post, Gazette, Tribune, Daily News, Courier, Chronicle');

/** Newspapers, broadcasters and publishers with names of their own. */
export const PAPERS = list(`
  Reuters, Le Monde, The Hindu, Al Jazeera, Daily Nation, Der Spiegel, Asahi Shimbun, Folha de S.Paulo, The Guardian, Xinhua,
  Helsingin Sanomat, El Universal, Gazeta Wyborcza, Hürriyet, The Lagos Herald, Tuoi Tre, Al-Ahram, Corriere della Sera
`);

export const UNIVERSITIES = list(`
  MIT, University of Nairobi, Stanford University, Indian Institute of Science, Oxford University, Makerere University, KAIST,
  ETH Zurich, Cairo University, Aalto University, Tsinghua University, Boğaziçi University, University of the South Pacific,
  University of São Paulo, Sorbonne, Jagiellonian University, Anna University, Ashesi University, Kyoto University,
  Trinity College, Loyola College, Vietnam National University, Monterrey Institute of Technology
`);

export const BANDS = list(`
  Coldplay, The Beatles, Radiohead, Arctic Monkeys, Sauti Sol, Café Tacvba, The Paper Lanterns, Apocalyptica, Indian Ocean,
  Blackpink, Midnight Ferry, Los Faros, Daft Punk, Salt and Cedar, Soweto Gospel Choir, Velvet Harbour, Kino, The Tin Foxes
`);
