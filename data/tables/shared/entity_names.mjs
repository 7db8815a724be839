// Names that the news is full of and words that names are made of, written for this project; data/tables/entity_words.mjs
// compiles them. Names are parted by semicolons, words by spaces.
const names = (text) => text.split(';').map((name) => name.trim()).filter(Boolean);
const words = (text) => text.split(/\s+/).filter(Boolean);

export const organizations = names(`
Apple;Google;Microsoft;Amazon;Facebook;Meta;Alphabet;Netflix;Tesla;Nvidia;Intel;AMD;IBM;Oracle;Cisco;Qualcomm;Samsung;Sony;Nintendo;Huawei;Xiaomi;Lenovo;Dell;HP;
Hewlett-Packard;Nokia;Ericsson;Siemens;Bosch;SAP;Volkswagen;BMW;Mercedes-Benz;Daimler;Audi;Porsche;Toyota;Honda;Nissan;Mazda;Hyundai;Kia;Ford;General Motors;GM;
Chrysler;Fiat;Stellantis;Renault;Peugeot;Volvo;Boeing;Airbus;Lockheed Martin;Northrop Grumman;Raytheon;BAE Systems;Rolls-Royce;SpaceX;Blue Origin;NASA;ESA;OpenAI;
Anthropic;DeepMind;Twitter;TikTok;ByteDance;Snapchat;Snap;Reddit;LinkedIn;YouTube;WhatsApp;Instagram;Spotify;Uber;Lyft;Airbnb;PayPal;Stripe;Visa;Mastercard;
American Express;Goldman Sachs;JPMorgan;JPMorgan Chase;Morgan Stanley;Citigroup;Citi;Bank of America;Wells Fargo;Barclays;HSBC;Lloyds;NatWest;Santander;UBS;
Credit Suisse;Deutsche Bank;Commerzbank;BNP Paribas;Societe Generale;ING;BlackRock;Berkshire Hathaway;Lehman Brothers;Merrill Lynch;Bear Stearns;AIG;Allianz;AXA;
ExxonMobil;Exxon;Chevron;BP;Shell;Total;TotalEnergies;Eni;Gazprom;Rosneft;Saudi Aramco;Aramco;Petrobras;Equinor;Walmart;Target;Costco;Tesco;Sainsbury;Asda;Morrisons;
Aldi;Lidl;Carrefour;Ikea;H&M;Zara;Nike;Adidas;Puma;Starbucks;McDonald's;Burger King;KFC;Coca-Cola;Pepsi;PepsiCo;Nestle;Unilever;Procter & Gamble;Danone;Kraft;Heinz;
Pfizer;Moderna;AstraZeneca;Johnson & Johnson;Novartis;Roche;Sanofi;GlaxoSmithKline;Merck;Bayer;BioNTech;Eli Lilly;Novo Nordisk;Theranos;Disney;Walt Disney;Warner Bros;
Paramount;Universal;Pixar;Marvel;HBO;CNN;NBC;CBS;ABC;Fox;Fox News;MSNBC;BBC;ITV;Channel 4;Sky;Sky News;Al Jazeera;Reuters;Associated Press;AP;AFP;Bloomberg;Xinhua;
Tass;New York Times;Washington Post;Wall Street Journal;Financial Times;The Guardian;Guardian;The Times;Daily Mail;Daily Telegraph;The Economist;USA Today;Los Angeles Times;
Politico;Axios;Time;Newsweek;Forbes;Vox;BuzzFeed;Huffington Post;HuffPost;Breitbart;Le Monde;Le Figaro;Der Spiegel;Die Zeit;Bild;El Pais;Verizon;AT&T;T-Mobile;Comcast;
Vodafone;BT;Orange;Telefonica;Delta;United Airlines;American Airlines;Southwest;JetBlue;Ryanair;EasyJet;British Airways;Lufthansa;Air France;KLM;Emirates;Qatar Airways;
Qantas;FedEx;UPS;DHL;Maersk;Enron;Halliburton;Monsanto;Cargill;Alibaba;Tencent;Baidu;SoftBank;Toshiba;Panasonic;Hitachi;Mitsubishi;Foxconn;TSMC;Tata;Infosys;Reliance;Adani;
NATO;Nato;UN;United Nations;EU;European Union;European Commission;European Parliament;European Central Bank;ECB;African Union;Arab League;ASEAN;OPEC;Opec;IMF;
International Monetary Fund;World Bank;WTO;World Trade Organization;World Health Organization;WHO;UNICEF;Unicef;UNESCO;UNHCR;IAEA;Interpol;Europol;Red Cross;Red Crescent;
Amnesty International;Human Rights Watch;Greenpeace;Oxfam;Doctors Without Borders;Save the Children;WWF;Security Council;General Assembly;International Criminal Court;ICC;
Congress;Senate;House of Representatives;House;White House;Supreme Court;Pentagon;State Department;Justice Department;Treasury;Department of Justice;Department of Defense;
Federal Reserve;Fed;FBI;CIA;NSA;DEA;EPA;FDA;CDC;FEMA;ICE;IRS;SEC;FCC;FAA;FTC;NTSB;Homeland Security;Secret Service;Capitol Police;National Guard;Coast Guard;Navy;
US Navy;Air Force;Army;Marine Corps;Marines;Republican Party;Democratic Party;Republicans;Democrats;GOP;Tea Party;DNC;RNC;ACLU;NAACP;NRA;AFL-CIO;Planned Parenthood;
Parliament;House of Commons;House of Lords;Downing Street;Home Office;Foreign Office;Ministry of Defence;MoD;NHS;Ofcom;Ofsted;MI5;MI6;GCHQ;Scotland Yard;Metropolitan Police;
Met Police;Bank of England;Labour;Labour Party;Conservatives;Conservative Party;Tories;Tory;Liberal Democrats;Lib Dems;SNP;UKIP;Ukip;DUP;Sinn Fein;Plaid Cymru;Green Party;
Reform UK;Kremlin;Duma;KGB;FSB;Wagner;Bundestag;CDU;SPD;AfD;Elysee;National Front;National Rally;Knesset;Likud;Hamas;Hezbollah;Fatah;Mossad;IDF;Taliban;al-Qaeda;al Qaeda;
Al-Qaida;Islamic State;ISIS;ISIL;Isis;Boko Haram;al-Shabab;Houthis;Muslim Brotherhood;PKK;FARC;IRA;ETA;BJP;Lok Sabha;African National Congress;ANC;Communist Party;
Politburo;People's Liberation Army;Viet Cong;Nazi Party;Wehrmacht;Gestapo;SS;Red Army;Royal Navy;Royal Air Force;RAF;British Army;Vatican;Holy See;Catholic Church;
Church of England;Salvation Army;FIFA;Fifa;UEFA;Uefa;IOC;International Olympic Committee;WADA;NBA;NFL;MLB;NHL;NCAA;WNBA;MLS;PGA;ATP;WTA;FIA;ICC;Premier League;
Football Association;La Liga;Bundesliga;Serie A;Ligue 1;Manchester United;Man United;Manchester City;Man City;Chelsea;Arsenal;Liverpool;Tottenham;Tottenham Hotspur;Spurs;
Everton;Leicester City;West Ham;West Ham United;Aston Villa;Newcastle United;Leeds United;Southampton;Crystal Palace;Wolves;Fulham;Brighton;Burnley;Sunderland;Celtic;Rangers;
Real Madrid;Barcelona;Atletico Madrid;Valencia;Sevilla;Juventus;AC Milan;Inter Milan;Roma;Napoli;Lazio;Bayern Munich;Borussia Dortmund;Paris Saint-Germain;PSG;Ajax;
Feyenoord;PSV Eindhoven;Benfica;Porto;Galatasaray;Fenerbahce;Boca Juniors;River Plate;Flamengo;Santos;LA Galaxy;Lakers;Celtics;Bulls;Knicks;Warriors;Cavaliers;Heat;Spurs;
Rockets;Mavericks;Clippers;Nets;Raptors;Pistons;Pacers;Bucks;Hawks;Suns;Jazz;Nuggets;Thunder;Trail Blazers;Timberwolves;Grizzlies;Pelicans;Patriots;Cowboys;Packers;
Steelers;Giants;Jets;Eagles;Redskins;Commanders;Bears;Lions;Vikings;49ers;Seahawks;Rams;Cardinals;Broncos;Raiders;Chiefs;Chargers;Colts;Texans;Titans;Jaguars;Bengals;Browns;
Ravens;Dolphins;Bills;Panthers;Falcons;Saints;Buccaneers;Yankees;Red Sox;Mets;Dodgers;Cubs;White Sox;Phillies;Braves;Astros;Nationals;Orioles;Blue Jays;Rays;Twins;Royals;
Indians;Tigers;Athletics;Mariners;Angels;Padres;Rockies;Diamondbacks;Brewers;Pirates;Marlins;Maple Leafs;Canadiens;Bruins;Blackhawks;Red Wings;Penguins;Flyers;Capitals;
Oilers;Flames;Canucks;Senators;Sharks;Harvard;Harvard University;Yale;Yale University;Princeton;Princeton University;Stanford;Stanford University;MIT;Oxford University;
Cambridge University;Columbia University;Cornell;Duke;Georgetown;UCLA;USC;NYU;Berkeley;Notre Dame;Ohio State;Penn State;Imperial College London;King's College London;
London School of Economics;Beatles;Rolling Stones;Led Zeppelin;Pink Floyd;Queen;U2;Coldplay;Oasis;Radiohead;Metallica;Nirvana;Green Day;Pearl Jam;Foo Fighters;
Black Sabbath;Iron Maiden;Deep Purple;Genesis;Abba;Bee Gees;Beach Boys;Grateful Dead;Aerosmith;Van Halen;Backstreet Boys;Spice Girls;One Direction;BTS;Columbia Records;
Atlantic Records;Capitol Records;Motown;EMI;Sony Music;Universal Music;Warner Music;Sotheby's;Christie's;Nasdaq;NYSE;London Stock Exchange;Deloitte;KPMG;PwC;McKinsey;
Ernst & Young;Gallup;YouGov;Pew Research Center;Brookings Institution;Cato Institute;Heritage Foundation;Gates Foundation;Ku Klux Klan;Black Panthers;Freemasons;Comanche`);

export const events = names(`
World War I;World War II;World War;Second World War;First World War;Great War;Cold War;Civil War;American Civil War;Korean War;Vietnam War;Gulf War;Iraq War;Falklands War;
Hundred Years' War;Revolutionary War;Spanish Civil War;Crimean War;Boer War;Six-Day War;Yom Kippur War;French Revolution;Russian Revolution;Industrial Revolution;
Arab Spring;Holocaust;Great Depression;Brexit;Watergate;Olympics;Olympic Games;Winter Olympics;Summer Olympics;Paralympics;Commonwealth Games;Asian Games;World Cup;
FIFA World Cup;Rugby World Cup;Cricket World Cup;Euro 2016;Euro 2020;Euro 2024;European Championship;Champions League;Europa League;FA Cup;Copa America;Six Nations;
Ashes;Ryder Cup;Davis Cup;Stanley Cup;Super Bowl;World Series;Wimbledon;US Open;French Open;Australian Open;Masters;Tour de France;Giro d'Italia;Grand National;
Kentucky Derby;Daytona 500;Indianapolis 500;Grand Prix;Formula One;March Madness;All-Star Game;Oscars;Academy Awards;Emmys;Grammys;Golden Globes;Baftas;Cannes Film Festival;
Sundance Film Festival;Venice Film Festival;Glastonbury;Coachella;Eurovision;Eurovision Song Contest;Comic-Con;Mobile World Congress;Consumer Electronics Show;CES;
World Economic Forum;G7;G8;G20;Super Tuesday;Republican National Convention;Democratic National Convention;State of the Union;Hurricane Katrina;Hurricane Sandy;
Hurricane Harvey;Black Lives Matter;Occupy Wall Street;D-Day;Pearl Harbor;Boston Marathon;London Marathon;Notting Hill Carnival;Burning Man;Woodstock;Expo 2020`);

export const products = names(`
iPhone;iPad;iPod;iMac;MacBook;Apple Watch;AirPods;Siri;iOS;macOS;iTunes;Android;Pixel;Chrome;Gmail;Google Maps;Windows;Xbox;PlayStation;Surface;Office;Excel;Word;Azure;
Kindle;Alexa;Echo;Fire TV;Galaxy;Galaxy S;Galaxy Note;Switch;Wii;Game Boy;ChatGPT;Gemini;Copilot;Claude;Bitcoin;bitcoin;Ethereum;Dogecoin;Model S;Model 3;Model X;Model Y;
Cybertruck;Prius;Corolla;Civic;Mustang;F-150;Golf;Beetle;Polo;Boeing 737;Boeing 747;Boeing 777;737 MAX;Dreamliner;Airbus A320;A380;Concorde;F-16;F-35;F-22;B-52;Eurofighter;
Falcon 9;Falcon Heavy;Starship;Dragon;Soyuz;Apollo;Apollo 11;Space Shuttle;Hubble;Sputnik;Voyager;Curiosity;Perseverance;Orion;Trident;Tomahawk;Patriot;Javelin;HIMARS;
Viagra;Prozac;OxyContin;Ozempic;Wegovy;Tylenol;Advil;Botox;Remdesivir;Roundup;Lego;Barbie;Monopoly;Scrabble;Coke;Diet Coke;Big Mac;Whopper;Nutella;Minecraft;Fortnite;
Call of Duty;Grand Theft Auto;Super Mario;Pokemon;Pokemon Go;World of Warcraft;Star Wars;Star Trek;Harry Potter;Game of Thrones;Avatar;Titanic;Frozen;Black Panther;Hamlet;Macbeth;
The Simpsons;Friends;Seinfeld;Breaking Bad;The Crown;Stranger Things;Doctor Who;Downton Abbey;Sesame Street;Saturday Night Live;The Daily Show;Bible;Quran;Koran;Constitution;
Magna Carta;Obamacare;Affordable Care Act;Patriot Act;First Amendment;Second Amendment;Medicare;Medicaid;Social Security;Brexit;Wikipedia;Photoshop;Java;JavaScript;Python;Linux;Unix;
Ubuntu;Firefox;Facebook Messenger;Zoom;Skype;Slack;Instagram Stories;PowerPoint;Mona Lisa;Guernica;Thriller;Abbey Road`);

export const places = names(`
U.S.;US;USA;U.S.A.;America;U.K.;UK;Britain;Great Britain;England;Scotland;Wales;Northern Ireland;Europe;Asia;Africa;Middle East;Far East;Latin America;South America;
North America;Central America;Caribbean;Balkans;Scandinavia;Soviet Union;USSR;Yugoslavia;Czechoslovakia;East Germany;West Germany;Prussia;Persia;Ottoman Empire;Gaza;Gaza Strip;
West Bank;Crimea;Donbas;Kashmir;Tibet;Xinjiang;Chechnya;Kurdistan;Darfur;Catalonia;Bavaria;Silicon Valley;Wall Street;Hollywood;Manhattan;Brooklyn;Queens;Bronx;Harlem;
Westminster;Whitehall;Capitol Hill;Guantanamo Bay;Chernobyl;Fukushima;Hong Kong;Macau;Palestine;Atlantic;Pacific;Mediterranean;Arctic;Antarctica;Persian Gulf;Gulf of Mexico;
South China Sea;Red Sea;Black Sea;North Sea;Baltic;English Channel;Suez Canal;Panama Canal;Himalayas;Alps;Andes;Rocky Mountains;Sahara;Amazon;Nile;Danube;Rhine;Thames;
Mississippi;Mars;Moon;Earth;Jupiter;Saturn;Venus;New York;New York City;NYC;Washington;Washington D.C.;Washington DC;D.C.;L.A.;LA;Los Angeles;San Francisco;Las Vegas;New Jersey;
New England;Midwest;Deep South;Bay Area;West Coast;East Coast;Hawaii;Alaska;Texas;California;Florida;Ohio;Virginia;West Virginia;North Carolina;South Carolina;Calif.;Fla.;Ill.;
Mass.;Pa.;Tex.;Va.;N.Y.;N.J.;N.C.;Conn.;Ariz.;Colo.;Mich.;Minn.;Ga.;Tenn.;Wis.;Ontario;Quebec;British Columbia;Alberta;New South Wales;Queensland;Yorkshire;Cornwall;Kent;
Essex;Sussex;Surrey;Lancashire;Devon;Norfolk;Suffolk;Merseyside;Heathrow;Gatwick;Buckingham Palace;Windsor;Wembley;Old Trafford;Anfield;Madison Square Garden;Times Square;
Central Park;Trafalgar Square;Tahrir Square;Tiananmen Square;Red Square;Strait of Hormuz;Taiwan Strait;Golan Heights;Sinai;Kosovo;Bosnia;Mecca;Timbuktu`);

export const heads = {
  organization: words(`university college school institute academy company corporation corp inc ltd llc plc co group holdings bank party ministry department agency bureau
    commission committee council board authority office association federation union league club team fc afc united city rovers wanderers athletic orchestra band choir
    ensemble symphony records entertainment pictures studios productions press news newspaper times post journal tribune herald gazette guardian telegraph magazine
    broadcasting network radio television tv airlines airways railway railways motors industries systems technologies technology software labs laboratories
    pharmaceuticals partners capital securities insurance trust foundation fund society institution organization organisation church army navy force forces corps
    regiment brigade division battalion squadron fleet guard command legion militia police court parliament congress senate assembly government administration service
    services center centre hospital clinic museum library theatre theater company brothers sons stores supermarkets energy petroleum oil gas electric steel mining`),
  event: words(`war wars battle siege revolution rebellion uprising riots massacre olympics games cup championship championships tournament open prix marathon derby bowl series
    festival fair expo exhibition conference convention summit forum congress awards ceremony election elections referendum primary caucus hurricane typhoon cyclone
    earthquake tsunami crisis attack attacks bombing trial inquiry treaty accord carnival parade day week`),
  place: words(`city town village county state province region district island islands river lake sea ocean bay gulf strait mountain mountains mount hills valley desert peninsula
    park forest beach coast street avenue road lane boulevard square bridge tunnel station airport stadium arena field garden gardens palace castle tower building hall house
    cathedral temple mosque harbor harbour port canal dam creek falls canyon glacier cape point fort camp base prison jail parish borough municipality republic kingdom`),
  product: words(`album song single film movie novel book play opera symphony show game magazine model edition version engine rocket missile spacecraft satellite telescope phone
    smartphone tablet laptop console vaccine drug app act bill law amendment code protocol agreement report series season episode suite concerto sonata`),
};

export const titles = words(`mr mrs ms miss dr doctor sir lord lady dame prof professor president vice prime minister premier chancellor secretary senator sen congressman
  congresswoman representative rep governor gov mayor judge justice attorney general gen colonel col major captain capt lieutenant lt sergeant sgt admiral commander chief
  king queen prince princess duke duchess earl baron emperor pope cardinal archbishop bishop reverend rev father sister brother saint rabbi imam sheikh ayatollah coach
  manager captain striker midfielder defender goalkeeper quarterback director chairman chairwoman chairperson ceo founder spokesman spokeswoman spokesperson analyst
  actor actress singer author writer director officer detective inspector constable mp mep ambassador envoy leader candidate lawyer prosecutor former`);
