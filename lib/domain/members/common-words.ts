/**
 * Words that common passwords are built from, written down from general knowledge: names, pets, teams, brands, wishes, months, places,
 * phrases, and the short words that join them. All lower case.
 */
const list = `
aaa aaron abc abcabc abcd abcde abcdef about abracadabra access account adam adidas admin administrador
administrator africa after ahmed airforce ajax alejandra alejandro alex alexander alexandra alexis ali all allah
also always amanda amazing amazon amelia amen america american amsterdam amy an anaconda and andrea andreas
andres andrew android andy angel angela angelina angels anna anne annie annotation annotations anonymous anthony
antidisestablishmentarianism antonio anything apple april are argentina arizona army arsenal arthur article
articles artist as asdf asdfgh asdfghjkl ashley assassin at audi august austin australia autumn avengers awesome
ayesha azerty baby babyboy babygirl back bacon badboy badgirl bailey bambi banana bank banking barbara barcelona
baseball basketball batman battery bayern bbb be bear bears beatles beautiful because beckham beer believe bella
ben benjamin benvenuto berlin bestfriend betty bewithyou bible bienvenido bienvenue bigboy bigdaddy bigdog
billion biology biscuit bismillah bitcoin black blackcat bless blessed blessing blossom blue bluesky bmw bonjour
book books boomer boots boss bossman boston boxing boy boys brandon brasil brazil brenda brian brittany broncos
bronze brother brown buddha buddy budget buffalo bull bulldog bulls bunny burger business buster but butter
butterfly by cake california callofduty camaro camera cameron camille campus can canada candy captain cardinals
carl carlos carol carpediem cash casper cat cats cell celtic celtics champion chanel change changeme charles
charlie charlotte cheese cheetah chelsea chemistry cherry chevrolet chevy chiara chicago chicken chief china
chloe chocolate chris christ christian christina christine christopher church ciao cinderella cinema cinnamon
cisco citation citations class classroom claudia cobra cocacola cody coffee college colombia colonel com come
comet company computer connor contrasena contraseña cookie cookies cool coolio cooper copper corporal correct
correcthorsebatterystaple corvette cosmos cougar could counterstrike courage courtney cow cowboys crack cracker
cricket crypto crystal cubs cupcake cynthia daddy daisy dallas dance dancer dancing daniel daniela danny
darkness darkside darling database david davidson day days deadpool dear debian deborah december default demo
demon dennis designer deutschland devil dezember diamond diamonds did diego dienstag discord dmitry do doctor
document documents dodge dodgers dog doggy dogs dollar dollars dolor dolphin dolphins donald donna donnerstag
dontknow donttell doom dortmund douglas dragon dragons driver drummer dublin ducati duck ducky duke dylan eagle
eagles earth editor editorial editors eduardo edward eight eleven elizabeth email emily eminem emma energy
engine engineer england english eric espana ethan europe even everton everyone everything exploit facebook fact
factcheck factchecker factchecking facts faith falcon falcons fall fallout false family fantastic father fatima
februar february felix fernando ferrari finance fire fireman first five florian florida flower flowers fluffy
football for force ford forever forevermore forgot forgotten fortnite four fox france francesca francesco
francisco frank freedom freitag french friday friend friends friendship frodo from fruhling fussball futbol
gabriel gabriela galaxy game gamer games gaming gandalf ganesh gangsta gangster garfield gary geheim general
gentleman george georgia german germany get ghost giants ginger giovanni girl girls github giulia giuseppe give
gizmo gmail go god godisgood goku gold golden golf golfer good goodboy goodbye goodgirl goofy google gorgeous
grace gray green greenday gregory grey griffin gucci guest guitar hack hacker hackers hakunamatata hallo halo
hamburg handsome hannah happiness happy harley harold harry harrypotter has haslo hassan have hawk hawks he
heart hearts heaven helen helga hell hello henry her herbst hero heroes heslo him hiphop his history hobbit
hockey hocuspocus hola honda honey horse horses hospital hot hotmail hottie how html http https hugs hulk
hundred hunter hussain hyper ibrahim ice idontknow if ilove ilovemycat ilovemydog ilovemyfamily ilovemymom
ilovemyself iloveu iloveyou iloveyousomuch in india inshallah instagram inter internet into invest investor
invoice iphone ipsum ireland iron ironman is isabel isabella it italia its ivan jack jacob jacques jaguar jake
james januar january japan jasmine jason jean jeep jeff jeffrey jelszo jennifer jeremy jerry jessica jessie
jesus jesuschrist joe johannes john joker jonathan jordan jose joseph josh joshua journalism journalist juan
juli julia july jumps june juni jupiter just justdoit justice justin juventus karen katharina katherine kathleen
kawasaki keith kevin keyboard keyword killer kimberly king kingdom kiss kisses kissme kitten kitty kittycat know
kobe krishna kyle ladies lady lakers lamborghini larry last laura lauren lawrence lawyer lazy lea learning
lebron legend legendary lemon leo leopard let letme letmein letter letters liam liberty library lightning like
lily linda linkedin linux lion lions lisbon livelaughlove livelife liverpool logan login logon london look lord
lorem loremipsum losenord love lovelove loveme lover lovers loveyou loveyouforever loving luck lucky lucy luigi
luis lukas madrid maggie magic magical mai mail major make mama mamapapa man manager manchester manon marc march
marco margaret maria marie marine marines mario mark market mars martin mary marz mason master math matrix matt
matteo matthew matthias max maximus maxwell may maytheforce maytheforcebewithyou mazda me medical mega megan
melbourne men mercedes mercury merlin messi metal metallica mets mexico mia michael michelle mickey microsoft
midnight miguel milan million millionaire minecraft minnie misty mittens mittwoch mobile mohamed mohammed molly
mommy monday money monica monika monkey monkeys monster montag moon moonlight morning moscow most motdepasse
mother motor mouse movie movies muffin muhammad munich music musica mustang my mybaby mylife mylove myname
mypass mypassword mypasswordis mysecret myspace mysql nala nancy naruto natalia natalie natasha nathan navy
neptune net netflix network nevergiveup neversaynever new newpassword news newspaper newsroom newyork neymar
nicholas nick nicolas nicole night nights nike nine ninja nintendo nirvana nissan no noah nobody noidea
nopassword not nothing notsecret november now number numbers nurse ocean october of office oktober old
oldpassword olga oliver olivia olivier omar on one onelove onion online only opensesame operator or oracle
orange oreo org oscar our out over pablo packers pacman pager pamela pancake panther panthers papa paris parola
pass passcode passe passord passphrase passw0rd password passwordpassword passwort patches patricia patrick
patriots paul payment peace peach peanut pearl pedro penguin people pepper pepsi peter petra peugeot phoenix
phone photo physics piano pickle picture pierre pig piggy pikachu pilot pincode pink pinkfloyd pirate pirates
pizza planet platinum playboy player playstation pluto pokemon police pony pooh porsche portal postgres potato
potter power powerful prada praise precious pretty prince princess private public puma pumpkin puppy purple
purplerain put pwd python qazwsx qqq quake queen quick quickbrownfox qweasd qweasdzxc qwert qwerty qwertz rabbit
racer rachel racing radio raiders rain rainbow ranger rangers raymond reader reading realmadrid rebecca red
redrose redsox reference references remember rememberme renault report reporter reports review reviewer reviews
ricardo rich richard riley river robert roberto roblox rock rockandroll rocket rockstar rocky roger rome ronald
ronaldo rooster root rose roses rugby rumpelstiltskin runner running russia ruth ryan sabine sadie safety sakura
salasana sam samantha samstag samsung samuel samurai sandra sarah sassy sasuke satan saturday saturn savior say
schalke school science scooby scooter scorpion scotland scott sean sebastian second secret secrets secure
security see semperfi senha september sergeant sergey sergio server service sesame seven sexy sexyboy sexygirl
shadow shark sharks sharon she shiva sifre silver simba sister six sky skyrim skywalker slipknot smile smiley
smokey snake snoopy snow snowball snowman so soccer socks soldier some someone something sommer sonic sonntag
sophia sophie source sourced sources space spanish sparky speed spider spiderman spring staple star starcraft
starlight stars startrek starwars steel steelers stefan stephanie stephen steve steven storm stormy strawberry
strength strong student study subaru sugar summer sun sunday sunflower sunny sunrise sunset sunshine super
supercalifragilistic superman supersecret superuser support susan suzuki svetlana sweet sweetheart sweetie
swimming sydney system take tatiana teacher telephone television temp temporary ten tennis tequila terry tesla
test tester testing tetris texas than that the theater their them then thequickbrownfox there these they think
third thirteen this thisismypassword thispassword thomas thor thousand three thug thunder thursday tiffany tiger
tigers tigger time timothy tinkerbell to tobeornottobe tobias toby today tokyo tomato tommy tomorrow tony too
toor topsecret toronto toyota trader trading trailer truck trucks true truelove trust trustno truth tucker
tuesday turbo turtle twelve twitter two tyler ubuntu ultra ultrasecret unicorn united universe university
unknown unsourced up ursula us use user username usuario vader vancouver vanessa vanilla vegeta venus verified
verify veronica verysecret victoria victory video vienna violet viper virginia vladimir vodka volkswagen
volleyball volvo wachtwoord waffle wallet walter want warcraft warrior warriors was wasd watchword water way we
wednesday welcome well whale what whatever when which whiskers whiskey white whitecat who will william
willkommen windows winner winnie winning winter with wizard wolf wolverine wolves woman women wonderful work
workbench workspace world would writer www xbox xxx xyz yahoo yamaha yankees year yellow yesterday yoda yolo you
your yourpassword youtube yusuf zachary zelda zoe zxcv zxcvb zxcvbn zxcvbnm zzz пароль
asshole bastard beyonce birthday bitch blackberry blueberry boobs cristiano cristianoronaldo damn eminem fucker geheim
happybirthday hate hatred hunter ihate ihateyou kobe kurt lebron lionel lionelmessi lollipop maradona mbappe messi
motdepasse motherfucker nevermind neymar nirvana penis porsche pussycat raspberry rihanna ronaldinho ronaldo schatz
senha shakira shit soleil spider spongebob strawberry sunflower swordfish tinkerbell trouble vagina watermelon wayne
whore wonderwoman
`

/** The words as a set, for lookups. */
export const commonWords: ReadonlySet<string> = new Set(list.split(/\s+/).filter((word) => word.length >= 3))
