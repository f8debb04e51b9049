import { lines, list } from '../lists.js';

/** Personal names of one naming tradition, the frequent ones first. */
export interface Tradition {
  readonly given: readonly string[];
  /** A family name may have several tokens: `van der Berg`. */
  readonly family: readonly string[];
  readonly familyFirst: boolean;
}

/** `given names / family names`, one tradition a line; `>` marks those that write the family name first. */
const TRADITIONS = `
  Anna, James, Emma, Peter, Helen, Daniel, Olivia, Thomas, Rebecca, Simon, Gareth, Fiona, Nigel, Imogen, Callum, Tabitha, Winifred, Rupert, Hattie, Alistair, Ottoline, Barnaby, Maud, Cedric, Phoebe, Edmund / Smith, Carter, Ford, Morgan, Hughes, Bennett, Whitfield, Ashworth, Pemberton, Holloway, O'Brien, MacLeod, Thornbury, Fairclough, Abernathy, Quick, Lockhart
  Priya, Arjun, Meera, Rohan, Kavya, Vikram, Lakshmi, Harish, Deepika, Nandini, Sanjay, Gopal, Ishaan, Tarini, Anand, Revathi, Jaspreet, Devika, Mohan, Aditi, Subramani, Pankaj, Latha, Chitra, Dinesh, Venkat, Bhavana, Manoj, Sunita, Girish, Yamini, Naveen, Suresh, Ramya / Sharma, Tata, Iyer, Reddy, Nair, Banerjee, Mahindra, Kulkarni, Chatterjee, Menon, Gill, Deshpande, Pillai, Bhattacharya, Venkataraman, Joshi
  Chinedu, Amina, Ngozi, Emeka, Folake, Tunde, Ifeoma, Yakubu, Zainab, Segun, Obinna, Halima, Adaeze, Kelechi, Babajide, Temitope, Nkechi, Adebayo, Bukola, Uzoma, Hauwa, Sadiq, Ekaette, Musa, Yetunde, Ikenna / Okafor, Adeyemi, Balogun, Eze, Okonkwo, Bello, Nwosu, Abubakar, Ogunleye, Danjuma, Uche, Olatunji
  João, Beatriz, Thiago, Larissa, Rafael, Camila, Gustavo, Fernanda, Luiz, Marcela, Caetano, Iara, Otávio, Rosângela, Joaquim, Débora, Wanderley, Jussara, Edson, Taís, Valdir, Luana, Ronaldo, Nilza / Silva, Souza, dos Santos, Oliveira, Barbosa, Cardoso, da Costa, Figueiredo, Pereira, Teixeira, do Nascimento
  > Min-jun, Seo-yeon, Ji-ho, Hye-jin, Sung-min, Eun-ji, Dong-hyun, Soo-ah, Tae-young, Yuna, Jin-woo, Bo-ram, Ha-eun, Chul-soo, Mi-kyung, Jae-won, Na-rae, Seok-jin, Young-hee, Gun-woo / Kim, Lee, Park, Choi, Jung, Kang, Yoon, Lim, Han, Seo, Kwon, Bae, Shin
  Aino, Mikko, Sanna, Jukka, Outi, Pekka, Kaisa, Veikko, Tuula, Lauri, Helmi, Onni, Riikka, Eero, Taneli, Marjatta, Ilmari, Päivi, Sampo, Eevi, Urho, Anneli, Kimmo, Senja / Virtanen, Korhonen, Mäkinen, Nieminen, Laine, Heikkilä, Salonen, Rautio, Kallio, Lehtonen, Ahonen, Koskela
  Katarzyna, Piotr, Agnieszka, Tomasz, Zofia, Marek, Jadwiga, Wojciech, Ewa, Krzysztof, Bożena, Zbigniew, Halina, Dariusz, Grzegorz, Urszula, Mirosław, Danuta, Szymon, Grażyna, Leszek, Wanda, Kacper, Teresa / Kowalski, Nowak, Wiśniewska, Zieliński, Mazur, Lewandowski, Kaczmarek, Wójcik, Sikora, Dudek
  Carlos, Lucía, Diego, Guadalupe, Javier, Ximena, Alejandro, Marisol, Rodrigo, Itzel, Ramón, Consuelo, Emilio, Rosario, Julio, Paloma, Ignacio, Fermín, Soledad, Octavio, Rocío, Hilario, Xóchitl, Amparo, Joaquín, Nayeli / García, Hernández, de la Cruz, Morales, López, Castillo, de León, Ibarra, Quiroga, del Valle, Montoya, Escobar
  Ahmed, Fatima, Omar, Layla, Youssef, Nadia, Khaled, Mariam, Tarek, Huda, Mahmoud, Rania, Ibrahim, Samira, Faisal, Noura, Hamza, Zeinab, Bassam, Yasmin, Walid, Salma, Ziad, Dalal, Anwar, Ghada, Munir, Lubna / Hassan, Mansour, el-Sayed, Al Farsi, bin Rashid, Haddad, Khalil, bin Saleh, Nasser, Al Mansouri, Darwish, Shaheen, ibn Yusuf
  > Thi Lan, Van Hung, Minh Anh, Quang, Thuy Linh, Duc, Ngoc Mai, Tuan, Huong, Bao, Thanh, Kim Chi, Dung, Phuong, Khanh, Tuyet, Long, Hanh / Nguyen, Tran, Pham, Hoang, Bui, Dang, Vo, Ngo
  Mehmet, Elif, Emre, Zeynep, Murat, Ayşe, Burak, Defne, Cemal, Gülşen, Hakan, Selin, Orhan, Tuğba, Serkan, Nermin, Tolga, Feride, Volkan, Şebnem, Cengiz, Aslı, Kerem, Pınar / Yılmaz, Kaya, Demir, Çelik, Aydın, Öztürk, Arslan, Korkmaz, Doğan
  Wanjiru, Kamau, Otieno, Akinyi, Mwangi, Njeri, Kiprono, Wambui, Barasa, Chebet, Omondi, Nyambura, Kipchirchir, Atieno, Wafula, Jepkosgei, Muthoni, Kibet, Awuor, Gathoni, Rotich, Moraa, Nyaga, Wangari / Kariuki, Odhiambo, Mutua, Kimani, Ochieng, Wekesa, Cheruiyot, Njoroge, Maina
  Lukas, Hannah, Jürgen, Sabine, Felix, Greta, Matthias, Ingrid, Stefan, Heike, Wolfgang, Lieselotte, Dieter, Annika, Moritz, Kerstin, Ulrich, Gudrun, Detlef, Antje, Rainer, Wiebke, Holger, Friederike, Egon / Müller, Schneider, Siemens, Benz, Weber, von Arnim, Bosch, Hoffmann, Vogel, Zimmermann, Krüger, von der Heide
  Claire, Antoine, Camille, Luc, Élodie, Mathieu, Brigitte, Pascal, Margaux, Thierry, Solène, Gaspard, Amélie, Didier, Bertrand, Odile, Yannick, Maëlle, Fabrice, Sylvie, Loïc, Corentin, Ghislaine, Rémi / Dubois, Lefèvre, Moreau, Renault, Girard, de Villiers, Fontaine, Mercier, Le Goff, Besson, Carpentier, Chevalier, Roussel
  Haruto, Yuki, Kenji, Aiko, Takashi, Naomi, Hiroshi, Sakura, Daichi, Midori, Ren, Chiyo, Kazuo, Emiko, Shinji, Ayumi, Noboru, Kaori, Masaru, Tomoko, Isamu, Hinata, Sachiko, Goro / Tanaka, Suzuki, Honda, Sato, Watanabe, Nakamura, Kobayashi, Ishikawa, Fujimoto, Hayashi, Mori, Okada, Matsuda
  > Wei, Xiaoming, Jing, Haoran, Mei, Lihua, Guang, Yifan, Qiang, Xiuying, Zihan, Peng, Ruolan, Jianguo, Meiling, Bolin, Shuang, Tianyu, Yulan, Dawei / Wang, Li, Zhang, Chen, Liu, Zhao, Huang, Xu, Sun, Zhu
  Sione, Mele, Tevita, Lupe, Manaia, Tane, Aroha, Losa, Viliami, Keoni, Leilani, Malia, Ratu, Sina, Semisi, Tavita, Moana, Epeli, Litia, Rangi, Ulupoka, Fetu, Sefo, Ana / Taufa, Fonoti, Ngata, Tuilagi, Vunipola, Kealoha, Parata, Latu, Naivalu
  Willem, Saskia, Joost, Anouk, Pieter, Femke, Bram, Lotte, Maarten, Sanne, Ruben, Marijke, Jeroen, Hendrika, Koen, Mirthe, Gijs, Trijntje, Sjoerd, Dirk, Floor, Wessel / de Vries, van Dijk, Philips, van der Berg, Jansen, Visser, van den Broek, Bakker, ter Horst
  Olena, Andriy, Nikolai, Svetlana, Dmitri, Oksana, Yuri, Ludmila, Taras, Galina, Bohdan, Vera, Vasyl, Kateryna, Mykola, Irina, Boris, Zoya, Anatoly, Halyna, Ruslan, Daria / Shevchenko, Ivanov, Kovalenko, Petrov, Bondarenko, Sokolova, Melnyk, Volkov, Tkachuk
  Erik, Astrid, Lars, Freja, Nils, Sigrid, Anders, Solveig, Henrik, Maren, Bjørn, Tuva, Gunnar, Liv, Torvald, Ragnhild, Eskil, Ylva, Sindre, Gunhild, Leif, Inger, Kjell, Signe / Hansen, Lindqvist, Johansson, Berg, Nilsen, Sørensen, Ekström, Haugen, Thorsen
  Giulia, Marco, Chiara, Luca, Francesca, Matteo, Ottavia, Enzo, Ilaria, Salvatore, Bianca, Fabrizio, Gaetano, Loredana, Piero, Rosalba, Vito, Graziella, Dario, Noemi, Silvio, Agnese / Rossi, Ferrari, Bianchi, De Luca, Romano, Ricci, Di Stefano, Gallo, Ferrante, Conti, Marchetti
  Kofi, Abena, Kwame, Esi, Yaw, Akosua, Thabo, Nomsa, Sipho, Lerato, Bongani, Zanele, Tendai, Chipo, Yeboah, Adwoa, Mandla, Precious, Nkosana, Rutendo, Tapiwa, Efua, Kwabena, Busisiwe / Mensah, Boateng, Owusu, Dlamini, Nkosi, Mokoena, Khumalo, Moyo, Asante, Sithole, Acheampong, Botha
`;

/** Given names that are also ordinary words; what they mean, only the sentence tells. */
export const WORD_GIVEN = list(`
  May, Will, Mark, Rose, April, Grant, Grace, June, Bill, Hope, Frank, Jack, Faith, Rob, Sue, Iris, Ivy, Joy, Pat, Drew,
  Max, Miles, Pearl, Ruby, Daisy, Dawn, Eve, Penny, Amber, Hunter
`);

/** Given names that are also places, and places that are also given names. */
export const PERSON_PLACES = list(`
  Paris, Austin, Sydney, Chelsea, Jordan, Florence, Lincoln, Georgia, Victoria, Charlotte, Dallas, Orlando, Madison,
  Jackson, Houston, Santiago, Valencia, Adelaide, Alexandria, Savannah
`);

/** Family names that are also companies. */
export const COMPANY_FAMILY = list(`
  Ford, Siemens, Dell, Honda, Tata, Benz, Philips, Bosch, Mahindra, Suzuki, Disney, Heinz, Morgan, Kellogg, Hilton,
  Ferrari, Renault, Michelin, Godrej, Dyson, Gillette, Marriott, Cadbury, Porsche
`);

export const INITIALS = list('A., B., C., D., E., F., G., H., J., K., L., M., N., P., R., S., T., V.');

export const PEOPLE: readonly Tradition[] = lines(TRADITIONS).map((line) => {
  const [given, family] = line.replace(/^> /u, '').split(' / ');
  return { given: list(given), family: list(family), familyFirst: line.startsWith('>') };
});
