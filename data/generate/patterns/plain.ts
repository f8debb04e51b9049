import { lines } from '../lists.js';

/** Sentences without an entity, many with capitals, months, languages and other traps. */
export const PLAIN = lines(`
  The meeting on {day} <was|has been> <moved to|put off until> {day} .
  I <do n't|did n't> <know|remember|care> what <he|she> said .
  We <need|bought|found|lost> {count} <chairs|tickets|keys|bags|lamps> .
  It <rained|snowed> all <day|night|week> , so we <stayed in|played cards|read> .
  She speaks {language} and a little {language} .
  The {nationality} <ambassador|team|president|press> <was not amused|left early|did not reply> .
  He <turned|will turn> {n} in {month} .
  There <is|was> no <milk|bread|tea|ink> left .
  You <can|ca n't|should|may> <park|sit|smoke|swim> here <after {time}|on {day}|before {time}> .
  The <Internet|phone|radio|heating> is down again .
  What time <is it|do we eat|does it start> ?
  A {nationality} friend <taught|showed> me how to <cook rice|fix a bike|bake bread> .
  They <may|will|might> <come|call|leave> on {day} .
  My <brother|sister|uncle|neighbour> <grows|sells|eats> <roses|apples|oranges|beans> .
  The <price|cost> of <rice|oil|sugar|steel> <rose|fell> {percent} percent in {month} .
  On {day} I <slept|worked|swam|cooked> until {time} .
  In {month} the days <are|get> <short|long|warm|cold> .
  Please <turn off the lights|wash your hands|keep left|close the gate> .
  If it <rains|snows> , the <match|concert|picnic> <will be|is> cancelled .
  " I 'm <tired|hungry|cold|late> , " <he|she> said .
  " Who are you ? " <he|she> asked .
  " Do n't <move|worry|cry> , " the <doctor|driver|old man> said .
  <Yes|No> , I <do|did|have|would> .
  The <doctor|judge|teacher> <asked|told> us to wait outside .
  They never <came|called|answered|noticed> .
  He hit the target <twice|three times|with every shot> .
  She got a grant to study {language} .
  The mark on the <wall|table|door> was red .
  I found a shell and {count} <stones|coins|feathers> on the beach .
  An apple a day will not <make you rich|help> .
  The rose in the <glass|garden|window> was white .
  We may <sell|keep|paint> the car in May .
  A good translation takes <time|patience|{count} weeks> .
  The <bus|train|boat> was <late|full|empty> , as <always|usual> .
  We thank you for your message of {date} .
  Sorry , we are closed on {day} .
  The King and the Queen <waved|arrived at {time}> .
  The Prime Minister <resigned|smiled|spoke> on {day} .
  The company <lost|made> {n} million euros <last year|in {year}> .
  The club <signed|sold> {count} players <in {month}|last summer> .
  The city <is|was> <quiet|empty|loud> <on {day}|at night|in the morning> .
  This university has {big} students and no library .
  Their <bank|school|factory|hospital> <opened|closed> in {year} .
  Chapter {n} : the <sea|forest|storm|garden>
  Figure {n} shows the <rate of births|speed of sound|number of cars> .
  The total is {num} .
  Page {n} of {num}
  {n} eggs , {num} g of sugar , a pinch of salt
  Step {count} : <stir|wait|fold|cut> .
  {date} , {time}
  {day} : <soup|rice|fish|beans> , <salad|bread|tea>
  We are open {day} to {day} , {time} to {time}
  I can offer <cooking|music> , <welding|typing|sewing> , <first aid|driving> , {language}
  {language} is <spoken|taught> here .
  {nationality} food is <hot|sweet|good> .
  This Christmas <was|is> <quiet|cold> .
  World War II ended in 1945 .
  The World Cup starts in {month} .
  The final was <dull|a draw|sold out> .
  The two sides had <chances|bad luck> in the second half .
  The goalkeeper <slipped|shouted|jumped> and the ball went in .
  The second half had no goals .
  It was the {nationality} side 's {nth} win .
  The coach said the players were <tired|proud|angry> .
  lol that was <fun|bad|close>
  ok see you <at {time}|on sunday|tomorrow>
  i 'm <so tired|on the bus|late> , sorry
  no idea , ask your <mum|boss|dad>
  do you want <tea|pizza|the blue one> ?
  what did u <say|eat|buy> ??
  haha <yes|no|maybe>
  wait , is it <may|april|monday> already ?
  NO PARKING
  Of course <not|we will> !
  And have you <eaten|finished|slept> ?
  And are there any <questions|apples|seats> left ?
  How much <is this|did it cost> ?
  Why <not|me|now> ?
  The soup was <cold|salty> and the waiter was rude .
  I would not <buy|read|watch> it again .
  Two stars : the screen broke after {count} weeks .
  It works as described , and the price is fair .
  The minutes of the last meeting were approved .
  The treasurer <reported|asked for> {num} dollars .
  The chair opened the meeting at {time} .
  There was no other business .
  Dear Sir or Madam ,
  Dear all ,
  Please find attached the report for {month} .
  With reference to your letter of {date} , we regret that the room is taken .
  Then turn left at the church and walk up the hill .
  The road is bad but the view is good .
  The trains run every {n} minutes until {time} .
  You should bring a coat , a hat and water .
  The shops are closed on {day} .
  The museum is free for children under {n} .
  They have found that bees can count to four .
  They said {n} people were <hurt|missing|rescued> .
  The police <arrested|questioned> {count} men on {day} .
  We stayed at home because of the rain .
  The snow closed <roads|schools> for {count} days .
  In {month} unemployment fell to {percent} percent , the lowest since {year} .
  The shares <rose|fell> in thin trading on {day} .
  The sales of <cars|phones|shoes> <rose|fell> by {percent} percent .
  We know that some people are never happy .
  Every {day} evening <she|he> plays the piano .
  When the lights went out , everybody laughed .
  It was late , but we walked home along the canal .
  After the war he became a(n) {job} and never spoke of it .
  As a(n) {job} , she earns more than her {nationality} colleagues .
  That is not what I meant .
  His <hands|eyes|shoes> were <cold|wet|old> .
  Her first book sold {big} copies .
  One of the {count} boats had no oars .
  The trains to the airport leave from platform {n} .
  The water is <warm|deep|low> .
  The dinner is at {time} .
  The summer came early that year , and with it the flies .
  The hunters must carry a licence from {month} to {month} .
  Grace and good manners cost nothing .
  The pearls are made by oysters .
  Will you marry me ?
  May I come in ?
  Mark the date : {date} .
  Hope is not a plan .
  The frank talk helped .
  The target was {num} , the result {num} .
  Orange or blue ?
  The oracle bones are {big} years old .
  Next week we will <talk|dance|rest> .
  The visa rules <changed|will change> in {month} .
  The apples and oranges <are|were> cheap in {month} .
  They said it would take {count} weeks , then {count} months , and in the end nobody could say when the bridge would be ready .
  The {language} lesson begins at {time} , but the teacher , who is {nationality} , never comes before half past .
`);
