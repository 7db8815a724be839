// Words that stand before, in and at the end of names in German, French, Spanish, Italian, Portuguese and Dutch, in lower case, written for
// this project; data/tables/entity_words.mjs compiles them. The order of languages is that of src/analyze/entity_language.h.
const words = (text) => text.split(/\s+/).filter(Boolean);

export const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'];

// Before a person's name.
export const titles = {
  de: words(`herr herrn frau dr prof professor professorin präsident präsidentin präsidenten minister ministerin ministers ministern kanzler kanzlerin kanzlers premier
    premierminister premierministerin ministerpräsident ministerpräsidentin senator senatorin bürgermeister bürgermeisterin oberbürgermeister oberbürgermeisterin landrat
    landrätin staatssekretär staatssekretärin abgeordneter abgeordnete abgeordneten gouverneur gouverneurin botschafter botschafterin könig königin prinz prinzessin
    papst kardinal bischof bischöfin erzbischof pfarrer pfarrerin pater general oberst richter richterin staatsanwalt staatsanwältin anwalt anwältin rechtsanwalt rechtsanwältin
    trainer trainerin coach kapitän stürmer torwart torhüter verteidiger mittelfeldspieler sportdirektor manager managerin chef chefin vorsitzender vorsitzende vorsitzenden
    sprecher sprecherin generalsekretär generalsekretärin direktor direktorin leiter leiterin gründer gründerin vorstand vorstandschef vorstandschefin geschäftsführer
    geschäftsführerin regisseur regisseurin schauspieler schauspielerin sänger sängerin autor autorin schriftsteller schriftstellerin musiker musikerin künstler künstlerin
    forscher forscherin wissenschaftler wissenschaftlerin experte expertin ökonom ökonomin analyst analystin arzt ärztin polizist polizistin kommissar kommissarin
    kollege kollegin nachfolger nachfolgerin vorgänger vorgängerin sohn tochter bruder schwester mutter vater ehefrau ehemann witwe kandidat kandidatin
    politiker politikerin unternehmer unternehmerin milliardär aktivist aktivistin journalist journalistin moderator moderatorin astronaut bürgerrechtler
    weltmeister weltmeisterin olympiasieger olympiasiegerin rennfahrer tennisspieler profi spieler spielerin lehrer lehrerin anwohner anwohnerin`),
  fr: words(`m mm mme mlle me dr pr professeur professeure docteur président présidente ministre premier première chancelier chancelière sénateur sénatrice député députée maire
    préfet préfète gouverneur gouverneure ambassadeur ambassadrice roi reine prince princesse pape cardinal évêque archevêque abbé père frère sœur général colonel capitaine
    juge procureur procureure avocat avocate entraîneur entraîneuse sélectionneur capitaine attaquant attaquante gardien défenseur milieu patron patronne dirigeant dirigeante
    directeur directrice secrétaire porte-parole chef cheffe fondateur fondatrice pdg leader candidat candidate conseiller conseillère commissaire réalisateur réalisatrice
    acteur actrice chanteur chanteuse écrivain écrivaine romancier romancière auteur autrice musicien musicienne peintre chercheur chercheuse scientifique économiste
    analyste médecin policier policière journaliste animateur animatrice pilote joueur joueuse coureur athlète champion championne nageur nageuse militant militante
    milliardaire homologue successeur prédécesseur fils fille épouse mari mère veuve boulanger infirmière enseignant enseignante agriculteur`),
  es: words(`sr sra don doña d señor señora dr dra doctor doctora profesor profesora presidente presidenta expresidente expresidenta vicepresidente vicepresidenta ministro ministra exministro
    exministra canciller senador senadora diputado diputada alcalde alcaldesa exalcalde gobernador gobernadora embajador embajadora rey reina príncipe princesa papa cardenal
    obispo arzobispo padre general coronel capitán juez jueza magistrado magistrada fiscal abogado abogada entrenador entrenadora técnico seleccionador delantero portero defensa
    centrocampista jefe jefa líder secretario secretaria portavoz director directora fundador fundadora consejero consejera comisario candidato candidata empresario
    empresaria actor actriz cantante escritor escritora cineasta director músico pintor investigador investigadora científico científica economista analista médico médica
    policía periodista presentador piloto jugador jugadora ciclista tenista futbolista exfutbolista atleta campeón campeona activista homólogo opositor opositora hijo hija esposa viuda
    madre padre hermano hermana vecino vecina comandante caudillo dictador lendakari`),
  it: words(`signor signora sig dott dottor dottoressa prof professor professore professoressa presidente vicepresidente ministro ministra premier vicepremier cancelliere senatore senatrice deputato
    deputata sindaco sindaca governatore governatrice ambasciatore ambasciatrice re regina principe principessa papa cardinale vescovo arcivescovo don padre suor generale
    colonnello capitano giudice pm procuratore procuratrice avvocato avvocata allenatore tecnico ct commissario attaccante portiere difensore centrocampista leader segretario
    segretaria portavoz portavoce direttore direttrice fondatore amministratore capo candidato candidata imprenditore imprenditrice attore attrice cantante cantautore scrittore
    scrittrice regista musicista pittore ricercatore ricercatrice scienziato scienziata economista analista medico poliziotto giornalista conduttore conduttrice pilota giocatore
    ciclista tennista calciatore atleta campione campionessa attivista boss figlio figlia moglie vedova madre fratello sorella omologo astronauta parroco onorevole`),
  pt: words(`sr sra senhor senhora dona dom dr dra doutor doutora professor professora presidente ex-presidente vice-presidente ministro ministra primeiro-ministro chanceler senador senadora
    deputado deputada ex-deputado prefeito prefeita vereador vereadora governador governadora embaixador embaixadora rei rainha príncipe princesa papa cardeal bispo arcebispo padre
    general coronel capitão juiz juíza procurador procuradora promotor promotora advogado advogada treinador treinadora técnico selecionador avançado atacante goleiro
    defesa zagueiro meia líder secretário secretária porta-voz diretor diretora fundador chefe candidato candidata empresário empresária ator atriz cantor cantora escritor
    escritora cineasta músico pintor pesquisador pesquisadora investigador investigadora cientista economista analista médico médica polícia jornalista apresentador apresentadora
    piloto jogador jogadora ciclista tenista futebolista atleta campeão campeã ativista homólogo filho filha esposa viúva mãe pai irmão irmã moradora morador fadista ginasta surfista`),
  nl: words(`dhr mevr meneer mevrouw dr prof professor president premier minister-president minister staatssecretaris kanselier bondskanselier senator burgemeester wethouder gouverneur
    ambassadeur koning koningin prins prinses paus kardinaal bisschop pater generaal kolonel rechter officier advocaat trainer coach bondscoach aanvoerder spits aanvaller
    verdediger middenvelder doelman keeper leider partijleider fractievoorzitter voorzitter secretaris woordvoerder woordvoerster directeur topman topvrouw oprichter baas chef
    hoofd kandidaat lijsttrekker ondernemer acteur actrice zanger zangeres schrijver schrijfster auteur regisseur muzikant schilder onderzoeker hoogleraar wetenschapper econoom
    analist arts huisarts agent journalist presentator presentatrice coureur speler speelster wielrenner tennisser voetballer schaatser schaatsster atleet kampioen activist zoon
    dochter vrouw weduwe moeder vader broer zus buurvrouw collega opvolger voorganger oud-premier oud-minister astronaut commissaris kamerlid`),
};

// What names of a kind have as a part of them.
export const heads = {
  organization: {
    de: words(`ag gmbh kg se ohg ev universität hochschule institut ministerium bundesamt landesamt amt behörde kommission ausschuss rat senat bank bundesbank zentralbank sparkasse versicherung
      partei union fraktion bund verband verein gewerkschaft stiftung gesellschaft akademie kirche gericht amtsgericht landgericht oberlandesgericht bundesgericht staatsanwaltschaft
      polizei bundespolizei feuerwehr armee bundeswehr agentur konzern gruppe werke verlag zeitung rundschau nachrichten rundfunk sender museum theater oper philharmoniker orchester
      klinik krankenhaus schule gymnasium fc sv tsv vfb vfl fsv sc tsg eintracht borussia hertha bahn post airlines holding parlament regierung bundestag landtag`),
    fr: words(`sa sarl sas université école institut ministère agence commission comité conseil sénat assemblée banque caisse crédit assurance parti union mouvement fédération confédération
      syndicat association fondation société groupe compagnie église cour tribunal parquet police gendarmerie armée marine office organisation autorité haute bureau centre musée
      théâtre opéra comédie orchestre hôpital clinique lycée collège olympique stade racing club fc as parlement gouvernement journal éditions radio télévision croix-rouge chambre`),
    es: words(`sa sl universidad escuela instituto ministerio agencia comisión comité consejo senado congreso cámara asamblea banco caja partido unión movimiento federación confederación sindicato
      asociación fundación sociedad grupo compañía iglesia corte tribunal juzgado audiencia fiscalía policía guardia ejército armada oficina organización autoridad centro museo teatro
      hospital clínica colegio real atlético deportivo club cf fc parlamento gobierno diario editorial radio televisión secretaría procuraduría cártel cruz frente`),
    it: words(`spa srl università scuola istituto ministero agenzia commissione comitato consiglio senato camera assemblea banca cassa partito unione movimento federazione confederazione sindacato
      associazione fondazione società gruppo compagnia chiesa corte tribunale procura polizia guardia esercito marina ufficio organizzazione autorità centro museo teatro ospedale
      policlinico liceo ac fc as us unione parlamento governo giornale edizioni radio televisione croce lega fronte cooperativa`),
    pt: words(`sa ltda universidade escola instituto ministério agência comissão comité comitê conselho senado congresso câmara assembleia banco caixa partido união movimento federação confederação
      sindicato associação fundação sociedade grupo companhia igreja corte tribunal supremo procuradoria polícia guarda exército marinha força organização autoridade centro museu teatro
      hospital clínica colégio esporte sport clube club fc sc parlamento governo jornal editora rádio televisão cruz frente construtora`),
    nl: words(`bv nv universiteit hogeschool school instituut ministerie agentschap commissie comité raad kamer senaat bank verzekeraar partij unie beweging federatie bond vakbond vereniging
      stichting maatschappij groep kerk rechtbank gerechtshof hof parket politie marechaussee leger marine bureau organisatie autoriteit centrum museum theater schouwburg orkest
      ziekenhuis college fc sc sv vv parlement regering krant uitgeverij omroep kruis bouwbedrijf`),
  },
  event: {
    de: words(`krieg weltkrieg bürgerkrieg schlacht revolution wende olympia spiele weltmeisterschaft europameisterschaft meisterschaft pokal cup turnier preis open marathon festival festspiele
      filmfestspiele messe buchmesse biennale gipfel konferenz klimakonferenz wahl referendum hurrikan taifun sturm orkan tief hochwasser karneval woche tage derby liga`),
    fr: words(`guerre bataille révolution jeux coupe championnat championnats tournoi prix grand tour trophée open marathon festival salon biennale foire sommet conférence élection référendum
      ouragan cyclone tempête typhon carnaval fête exposition procès vuelta ligue mondial euro`),
    es: words(`guerra batalla revolución juegos copa mundial eurocopa campeonato torneo premio gran vuelta trofeo abierto maratón festival feria bienal cumbre conferencia elecciones referéndum
      huracán ciclón tormenta borrasca tifón carnaval fiesta exposición liga clásico`),
    it: words(`guerra battaglia rivoluzione giochi olimpiadi coppa mondiali europei campionato torneo premio gran giro trofeo open maratona festival mostra salone biennale fiera vertice conferenza
      elezioni referendum uragano ciclone tempesta tifone carnevale giubileo palio`),
    pt: words(`guerra batalha revolução jogos copa taça mundial campeonato torneio prémio prêmio grande volta troféu open maratona festival feira bienal cimeira cúpula conferência eleições
      referendo furacão ciclone tempestade depressão tufão carnaval festa exposição liga brasileirão`),
    nl: words(`oorlog wereldoorlog burgeroorlog slag revolutie spelen wk ek kampioenschap beker cup toernooi prijs ronde open marathon festival beurs biënnale top klimaattop conferentie
      verkiezingen referendum orkaan cycloon storm tyfoon carnaval vierdaagse songfestival league`),
  },
  place: {
    de: words(`stadt dorf kreis landkreis bezirk land bundesland insel inseln fluss see meer bucht gebirge berg berge tal wald park platz straße allee weg gasse ring brücke tunnel bahnhof flughafen
      hafen stadion arena halle schloss burg turm dom kirche küste grenze republik`),
    fr: words(`ville commune village département région canton île îles fleuve rivière lac mer golfe mont monts montagne montagnes vallée forêt parc place rue avenue boulevard quai pont tunnel
      gare aéroport port stade palais château tour cathédrale basilique côte cap bande république quartier banlieue`),
    es: words(`ciudad pueblo municipio provincia comunidad departamento estado región isla islas río lago mar golfo bahía cerro monte sierra valle bosque parque plaza calle avenida paseo puente
      estación aeropuerto puerto estadio palacio castillo torre catedral costa cabo franja república barrio volcán desierto`),
    it: words(`città comune paese provincia regione isola isole fiume lago mare golfo monte monti valle bosco parco piazza via viale corso largo ponte stazione aeroporto porto stadio palazzo castello
      torre duomo basilica costa capo striscia repubblica quartiere stretto`),
    pt: words(`cidade vila aldeia município concelho distrito estado região ilha ilhas rio lago mar golfo baía monte serra vale floresta parque praça rua avenida ponte estação aeroporto porto estádio
      palácio castelo torre catedral costa cabo faixa república bairro praia zona`),
    nl: words(`stad dorp gemeente provincie deelstaat regio eiland eilanden rivier meer zee golf baai berg bergen dal bos park plein straat laan weg gracht kade brug tunnel station luchthaven haven
      stadion paleis kasteel toren kathedraal kust kaap strook republiek wijk`),
  },
  product: {
    de: words(`film roman album lied song buch serie oper modell handy rakete sonde satellit medikament mittel impfstoff gesetz abkommen vertrag software app programm spiel show`),
    fr: words(`film roman album chanson livre série opéra pièce modèle fusée sonde satellite médicament vaccin loi accord traité logiciel application émission jeu tableau`),
    es: words(`película novela álbum disco canción libro serie ópera obra modelo cohete sonda satélite medicamento vacuna ley acuerdo tratado aplicación programa juego cuadro telescopio`),
    it: words(`film romanzo album disco singolo canzone libro serie fiction opera modello razzo sonda satellite farmaco vaccino legge accordo trattato app programma gioco nave`),
    pt: words(`filme romance álbum disco canção música livro série novela peça modelo foguete sonda satélite medicamento vacina lei acordo tratado aplicativo programa jogo navio`),
    nl: words(`film roman album nummer lied boek serie opera model raket sonde satelliet medicijn vaccin wet akkoord verdrag app programma spel schilderij chatbot`),
  },
};

export const times = {
  de: words(`montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag montags sonntags januar februar märz april mai juni juli august september oktober november dezember
    morgen abend nacht mittag vormittag nachmittag jahr jahre jahren woche wochen monat monate monaten stunde stunden minuten tag tage tagen sommer winter herbst frühling frühjahr uhr wochenende`),
  fr: words(`lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre hier demain aujourd'hui été hiver automne printemps`),
  es: words(`lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ayer mañana hoy verano invierno otoño primavera`),
  it: words(`lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre ieri domani oggi estate inverno
    autunno primavera`),
  pt: words(`segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta sexta sábado domingo janeiro fevereiro março abril maio junho julho agosto setembro outubro
    novembro dezembro ontem amanhã hoje verão inverno outono primavera`),
  nl: words(`maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus september oktober november december gisteren morgen vandaag zomer winter
    herfst lente`),
};

// Verbs of what people and organizations do in the news.
export const verbs = {
  de: words(`sagte sagt erklärte erklärt betonte forderte fordert warnte warnt kündigte teilte meldete berichtete berichtet sprach kritisierte kritisiert lobte wies verteidigte gewann gewinnt
    verlor verliert traf trifft besuchte empfing plant will wollte soll rechnet erwartet verkauft kauft baut streicht`),
  fr: words(`déclaré déclare dit affirmé affirme expliqué explique annoncé annonce indiqué indique estimé estime assuré assure souligné dénoncé dénonce regretté appelé appelle promis gagné perdu battu
    rencontré reçu visité prévoit veut lance publie`),
  es: words(`dijo dice declaró declara afirmó afirma explicó anunció anuncia indicó aseguró asegura subrayó denunció denuncia lamentó pidió pide prometió ganó gana perdió venció visitó recibió prevé
    quiere lanza publica criticó advirtió`),
  it: words(`detto dice dichiarato dichiara spiegato spiega annunciato annuncia affermato afferma sottolineato denunciato denuncia chiesto chiede promesso vinto vince perso battuto incontrato
    ricevuto visitato prevede vuole lancia pubblica attacca replica`),
  pt: words(`disse diz declarou afirmou afirma explicou anunciou anuncia indicou garantiu sublinhou denunciou lamentou pediu pede prometeu venceu vence ganhou perdeu derrotou visitou recebeu prevê
    quer lança publica criticou alertou`),
  nl: words(`zei zegt verklaarde meldde meldt liet laat benadrukte waarschuwde waarschuwt eiste eist vroeg vraagt won wint verloor verliest versloeg ontmoette ontving bezocht bezoekt verwacht wil
    wilde kondigde noemde noemt vertelt schrijft`),
};

// In lower case and yet a part of names: "Assemblée nationale", "Banca centrale europea".
export const inner = {
  fr: words(`national nationale nationaux nationales international internationale internationaux européen européenne européens général générale central centrale mondial mondiale fédéral fédérale
    constitutionnel constitutionnelle suprême public publique populaire populaires socialiste communiste républicain républicaine républicains démocratique démocrate libéral libérale unis unies
    agricole industrielle commerciale militaire royal royale olympique olympiques africain africaine arabe insoumise écologiste lyonnais rennais toulousain montpelliérain parisien
    monétaire économique social sociale judiciaire régional régionale départemental départementale métropolitain métropolitaine catholique polytechnique normale supérieure
    nouvelle grande petite haute basse santé statistique travail commerce finances comptes éducation intérieur justice sécurité défense recherche`),
  it: words(`nazionale nazionali internazionale internazionali europeo europea europei generale centrale mondiale mondiali federale costituzionale superiore pubblica pubblico popolare popolari
    socialista comunista repubblicano repubblicana democratico democratica liberale uniti unite militare reale olimpico olimpici olimpiche africana araba monetario economico sociale
    regionale provinciale comunale cattolica italiana italiano italiane italiani antimafia sanità statistica finanza stato conti giustizia civile frontiere`),
  nl: words(`voetbal afstanden`),
};

// Names that these languages' news are full of.
export const organizations = `
Bundestag;Bundesrat;Bundesregierung;Bundeswehr;Bundesbank;Bundesverfassungsgericht;Bundesgerichtshof;Nationalrat;CDU;CSU;SPD;FDP;AfD;BSW;Grüne;Grünen;Linke;Linken;ÖVP;SPÖ;FPÖ;SVP;Verdi;IG Metall;DGB;ADAC;DFB;ARD;ZDF;
RTL;ORF;SRF;dpa;Nato;UN;EU;EZB;Uno;Deutsche Bahn;Deutsche Bank;Deutsche Post;Lufthansa;Volkswagen;VW;BASF;Telekom;Deutsche Telekom;Thyssenkrupp;Rheinmetall;Vonovia;Zalando;Edeka;Rewe;Tagesschau;Süddeutsche Zeitung;Frankfurter
Allgemeine Zeitung;Spiegel;Bild;FC Bayern;FC Bayern München;Borussia Dortmund;Schalke 04;Bayer Leverkusen;RB Leipzig;Eintracht Frankfurt;Werder Bremen;Hamburger SV;VfB Stuttgart;
Assemblée nationale;Sénat;Élysée;Matignon;Insee;CNRS;SNCF;RATP;EDF;CGT;CFDT;Medef;AFP;PSG;OM;OL;Renault;Peugeot;Citroën;Stellantis;TotalEnergies;LVMH;Carrefour;Auchan;Société générale;BNP Paribas;Le Monde;Le Figaro;
Libération;TF1;France Télévisions;Rassemblement national;La France insoumise;Les Républicains;Parti socialiste;Renaissance;Otan;ONU;OMS;BCE;FMI;Commission européenne;Parlement européen;Union européenne;
PP;PSOE;Vox;Sumar;Podemos;Junts;ERC;PNV;EFE;CEOE;UGT;CCOO;Guardia Civil;Policía Nacional;Real Madrid;FC Barcelona;Barça;Atlético de Madrid;Telefónica;Repsol;Iberdrola;Endesa;Inditex;Mercadona;BBVA;Santander;El País;El Mundo;
Morena;PRI;PAN;Pemex;OTAN;ONU;OEA;Boca Juniors;River Plate;Unión Europea;Comisión Europea;
Lega;Forza Italia;Fratelli d'Italia;Movimento 5 Stelle;Partito Democratico;Pd;Cgil;Cisl;Uil;Confindustria;Rai;Mediaset;Ansa;Eni;Enel;Tim;Fiat;Ferrari;Pirelli;Intesa Sanpaolo;Unicredit;Generali;Istat;Inps;Juventus;Inter;Milan;
Napoli;Roma;Lazio;Atalanta;Corriere della Sera;La Stampa;La Repubblica;Carabinieri;Guardia di Finanza;Unione europea;Commissione europea;Onu;Bce;
PT;PL;PSDB;MDB;PS;PSD;Chega;Petrobras;Vale;Itaú;Bradesco;Globo;Folha de S.Paulo;STF;TSE;IBGE;Anvisa;Polícia Federal;Flamengo;Corinthians;Palmeiras;Benfica;Sporting;FC Porto;TAP;Galp;EDP;RTP;Lusa;União Europeia;Comissão Europeia;
VVD;PVV;PvdA;CDA;D66;SP;GroenLinks;BBB;NSC;N-VA;Vlaams Belang;Tweede Kamer;Eerste Kamer;Raad van State;Hoge Raad;NOS;NPO;ANP;RIVM;CBS;KNMI;ASML;Philips;Shell;Heineken;KLM;NS;ProRail;ING;Rabobank;ABN Amro;Albert Heijn;Ajax;PSV;
Feyenoord;FC Utrecht;FC Twente;Club Brugge;Anderlecht;KNVB;FNV;CNV;NAVO;VN;Europese Unie;Europese Commissie;De Telegraaf;de Volkskrant`.split(';').map((name) => name.trim()).filter(Boolean);

export const events = `
Erster Weltkrieg;Ersten Weltkrieg;Zweiter Weltkrieg;Zweiten Weltkrieg;Kalter Krieg;Kalten Krieg;Olympische Spiele;Olympischen Spiele;Olympischen Spielen;Olympischer Spiele;Paralympischen Spiele;Weltmeisterschaft;Europameisterschaft;Berlinale;Oktoberfest;Documenta;Jeux olympiques;Coupe du monde;Seconde Guerre mondiale;Première Guerre mondiale;Ligue des champions;
Ligue Europa;Ligue des nations;Guerre froide;Roland-Garros;Roland Garros;Tour de France;Festival de Cannes;Juegos Olímpicos;Mundial;Eurocopa;Liga de Campeones;Copa Libertadores;Copa del Rey;Segunda Guerra Mundial;Primera Guerra Mundial;Vuelta a España;Champions League;
Europa League;Giro d'Italia;Sanremo;Coppa Italia;Olimpiadi;Seconda guerra mondiale;Prima guerra mondiale;Mondiali;Europei;Copa do Mundo;Jogos Olímpicos;Liga dos Campeões;Taça de Portugal;Carnaval;Segunda Guerra Mundial;
Olympische Spelen;Tweede Wereldoorlog;Eerste Wereldoorlog;Koningsdag;Elfstedentocht;Songfestival;Brexit`.split(';').map((name) => name.trim()).filter(Boolean);
