"""Figures of translations beside their source, and of summary lines beside their evidence: what must fail and pass."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from summarizer.checks import check_claim, check_translation
from summarizer.figures.matching import MANY
from summarizer.records import Finding

MUST_FAIL = [
    ("figure_changed", "en", "de", "The engine has 300 horsepower.", "Der Motor hat 324 Kilowatt."),
    ("figure_changed", "en", "de", "He weighs 12 stone.", "Er wiegt 67 Kilogramm."),
    ("figure_changed", "en", "de", "It was minus 4 degrees Fahrenheit.", "Es hatte minus 30 Grad."),
    ("figure_changed", "en", "de", "The order is worth $4.5bn.", "Der Auftrag ist 9,9 Milliarden Dollar wert."),
    ("figure_swapped", "en", "es", "Russia lost 5, Ukraine 10.", "Rusia perdió 10, Ucrania 5."),
    ("figure_swapped", "en", "ja", "Norvia won 14 and Lastia 19.", "Norviaが19、Lastiaが14を獲得した。"),
    ("figure_swapped", "en", "fr", "Norvia beat Lastia 3-1.", "Norvia a battu Lastia 1-3."),
    ("figure_swapped", "en", "de", "The vote was on September 30, 2018.", "Die Wahl war am 2018. September 30."),
    ("figure_swapped", "en", "tr", "In May 1974 the army shot 300 people.", "Mayıs 300'de ordu 1974 kişiyi vurdu."),
    ("figure_swapped", "en", "fr", "In 1967 it bought 40 ships.", "En 40, il a acheté 1967 navires."),
    ("figure_swapped", "en", "ja", "The 1967 storm came within 40 miles.", "40年の嵐は1967マイルまで近づいた。"),
    ("figure_swapped", "en", "ar", "It counted 183 quakes in 24 hours.", "أحصى 24 زلزالا خلال 183 ساعة."),
    ("figure_swapped", "en", "fa", "It counted 183 quakes in 24 hours.", "طی ۱۸۳ ساعت ۲۴ زلزله ثبت شد."),
    ("figure_swapped", "en", "ja", "It counted 183 quakes in 24 hours.", "183時間に24回の地震を数えた。"),
    (
        "figure_swapped", "en", "hi",
        "It takes 2 to 4 days by the slow train through the northern hills, and 6 by ship.",
        "उत्तरी पहाड़ियों से होकर धीमी रेल से 2 से 6 दिन लगते हैं, और समुद्री जहाज़ से जाने पर पूरे 4 दिन।",
    ),
    (
        "figure_swapped", "en", "tr",
        "On May 2, 1974, the flood destroyed 300 houses.",
        "Sel, 2 Mayıs 300'de kuzeydeki küçük bir kasabada 1974 evi yıktı.",
    ),
    ("figure_swapped", "en", "ja", "On May 4, 1974, 300 men drowned.", "300年5月4日に1974人が溺死した。"),
    ("figure_changed", "zh-Hans", "zh-Hant", "该公司投资90亿元。", "該公司投資900億元。"),
    ("figure_changed", "ar", "en", "قتل ٢٥ شخصا في الهجوم.", "The attack killed 52 people."),
    ("figure_changed", "en", "fa", "The attack killed 25 people.", "در این حمله ۵۲ نفر کشته شدند."),
    ("figure_changed", "de", "en", "Das kostet 3,5 Milliarden Euro.", "It costs 35 billion euros."),
    ("figure_changed", "de", "en", "2.200.112 Menschen stimmten ab.", "2,200,12 people voted."),
    ("figure_changed", "en", "de", "It has 20.4 million readers.", "Es hat 2,04 Millionen Leser."),
    ("figure_unit", "en", "de", "It has 20.4 million readers.", "Es hat 20,4 Milliarden Leser."),
    ("figure_approximator_lost", "en", "de", "At least 17 people died.", "17 Menschen starben."),
    ("figure_approximator_lost", "en", "ja", "At least 17 people died.", "17人が死亡した。"),
    ("figure_approximator_lost", "en", "fr", "At least 17 people died.", "Moins de 17 personnes sont mortes."),
    ("figure_approximator_lost", "en", "es", "More than 300 houses burnt.", "Ardieron unas 300 casas."),
    ("figure_approximator_lost", "en", "de", "About 17 people were killed.", "Mehr als 17 Menschen wurden getötet."),
    ("figure_approximator_lost", "en", "de", "17 people were killed.", "Mindestens 17 Menschen wurden getötet."),
    ("figure_approximator_lost", "en", "ru", "17 people were killed.", "Погибли более 17 человек."),
    ("figure_approximator_lost", "de", "zh-Hans", "17 Menschen wurden getötet.", "至少17人死亡。"),
    ("figure_lost", "en", "it", "The mayor was elected by 61 votes.", "Il sindaco è stato eletto."),
    ("figure_added", "en", "it", "The mayor was elected.", "Il sindaco è stato eletto con 61 voti."),
    ("figure_unit", "en", "nl", "The rent rose by 12 percent.", "De huur steeg met 12 euro."),
    ("figure_unit", "en", "pl", "The bridge cost 40 million euros.", "Most kosztował 40 mln dolarów."),
    ("figure_unit", "en", "sv", "The pier is 300 feet long.", "Piren är 300 meter lång."),
    ("figure_changed", "en", "ru", "The law dates from 1967.", "Закон принят в 1976 году."),
    ("figure_changed", "en", "hu", "She arrived on 14 September.", "Szeptember 24-én érkezett."),
    ("figure_changed", "en", "cs", "She arrived on 14 September.", "Přijela 14. října."),
    ("figure_changed", "en", "es", "The talks start at 3 p.m.", "Las conversaciones empiezan a las 16:00."),
    ("figure_changed", "en", "es", "The price is 40,000 pesos.", "El precio es de 40,000 pesos."),
    ("figure_changed", "en", "uk", "An F-16 came down.", "Впав F-18."),
    ("figure_changed", "en", "de", "Millions of people fled.", "Milliarden Menschen flohen."),
    ("figure_changed", "en", "uk", "Nearly a million people fled.", "Майже мільярд людей утік."),
    ("figure_changed", "en", "zh-Hans", "Billions of dollars were lost.", "损失了数百万美元。"),
    ("figure_changed", "en", "fr", "They won 1-0.", "Ils ont gagné 1-00."),
    ("figure_changed", "en", "nl", "Growth was 2.5 percent.", "De groei was 2,50 procent."),
    ("figure_lost", "en", "de", "It begins at 7:30.", "Es beginnt um halb neun."),
    ("figure_changed", "en", "ja", "Winds of 85 mph came.", "時速173キロの風が吹いた。"),
    ("figure_changed", "en", "cs", "It is 40 miles long.", "Je dlouhý 75 km."),
    ("figure_unit", "en", "ja", "Turnout rose by 9.4 percent.", "投票率は9.4ポイント上がった。"),
    ("figure_unit", "en", "ko", "Turnout rose by 9.4 percentage points.", "투표율이 9.4명 올랐다."),
    ("figure_changed", "en", "ja", "It pays 300 euros per hectare.", "1ヘクタール当たり400ユーロを支払う。"),
    ("figure_swapped", "en", "pt", "They meet on May 13 and 14.", "Reúnem-se a 14 e 13 de maio."),
    ("figure_changed", "en", "cs", "The boar weighed 650 pounds.", "Kanec vážil 306 kg."),
    ("figure_changed", "en", "de", "It is 385 miles away.", "Es ist 623 Kilometer entfernt."),
    ("figure_changed", "en", "de", "It is 40 miles away.", "Es ist 66 Kilometer entfernt."),
    ("figure_changed", "en", "pt", "Four inches of rain fell.", "Caíram 104 milímetros de chuva."),
    ("figure_changed", "en", "fr", "It was 113 degrees, above 110 again.", "Il a fait 45 degrés, encore plus de 46."),
    ("figure_changed", "en", "de", "The bridge is nearly 100 miles away.", "Die Brücke ist fast 165 Kilometer entfernt."),
    ("figure_changed", "en", "fr", "It has eight inmates and one wing.", "Il a 1 détenus et une aile."),
    ("figure_changed", "en", "ja", "Police trained two of the pilots.", "警察はパイロット1人を訓練した。"),
    ("figure_changed", "en", "nl", "They made 119 for four with six left.", "Ze haalden 119-6 met zes over."),
    ("figure_changed", "en", "es", "Sales fell 0.3%, half as much.", "Las ventas cayeron un 0,6 %, la mitad."),
    ("figure_changed", "en", "cs", "It left at 4.40 am.", "Odjel ve 4.4."),
    ("figure_changed", "en", "nb", "He is in his 40s.", "Han er i 440-årene."),
    ("figure_added", "en", "bn", "He met the man.", "১৭ জুন তিনি লোকটির সঙ্গে দেখা করেন।"),
    ("figure_changed", "en", "pl", "It lies 200 miles from Lublin.", "Leży 326 km od Lublina."),
    ("figure_added", "en", "uk", "It lies 200 miles away.", "Він лежить за 200 миль (329 км) звідси."),
    ("figure_changed", "en", "nl", "It was 113 degrees Fahrenheit, 110 before.", "Het was 45 graden, eerder 48."),
    ("figure_changed", "en", "de", "It was in the 80s on Sunday.", "Es war am Sonntag 44 Grad warm."),
    ("figure_changed", "en", "fr", "Six guards were hurt.", "Un garde, dont 1 femme, a été blessé."),
    ("figure_changed", "en", "ru", "It earned 87 cents a share.", "Прибыль составила $0,78 на акцию."),
    ("figure_changed", "en", "sv", "Oil costs $83.17 a barrel.", "Oljan kostar 83:71 dollar fatet."),
    ("figure_changed", "en", "fi", "She won in 2:19:08.", "Hän voitti ajalla 2.19.58."),
    ("figure_changed", "en", "pt-BR", "She won in 2:19:08.", "Ela venceu em 2h19min58s."),
    ("figure_changed", "en", "nb", "It opens at 0900 GMT.", "Den åpner klokken 10.20 norsk tid."),
    ("figure_changed", "en", "uk", "She was 91.", "Вона померла на 93-му році життя."),
    ("figure_changed", "en", "fr", "It rose a quarter of a percentage point.", "Le taux a gagné 75 points de base."),
    ("figure_swapped", "en", "uk", "They are 14 points behind with 11 games left.", "За 14 турів до кінця відстають на 11 очок."),
    ("figure_swapped", "en", "cs", "It hit 44 of 61 drones.", "Zasáhla 61 ze 44 dronů."),
    ("figure_swapped", "en", "ru", "They beat Lastia 3-1.", "Они обыграли «Ластию» 1:3."),
    ("figure_swapped", "en", "el", "It needs 152 runs after 119 for 4.", "Θέλει 119 ραν μετά το 152 για 4."),
    ("figure_approximator_lost", "tr", "en", "Katılımın 40.000’i aştığını söyledi.", "He said 40,000 came."),
    ("figure_approximator_lost", "zh-Hans", "ko", "费用不到200万元。", "비용은 200만 위안이다."),
    ("figure_approximator_lost", "en", "de", "A Category 1 storm killed at least 14.", "Ein Sturm der Stufe 1 tötete 14."),
    ("figure_approximator_lost", "en", "ro", "More than half a million fled.", "Au fugit o jumătate de milion."),
    ("figure_changed", "en", "pl", "It meets on December 9-10.", "Spotka się 9 i 13 grudnia."),
    ("figure_swapped", "en", "es", "Ada Marsh, 16, and Grace, 14, came.", "Vinieron Ada Marsh, de 14, y Grace, de 16."),
    ("figure_swapped", "en", "de", "The Boeing 737 lay 17 points behind.", "Die Boeing 17 lag 737 Punkte zurück."),
    (
        "figure_swapped", "en", "it",
        '"She is 25," said the coach, who has trained 48 women since May.',
        "«Ha 48 anni», dice l'allenatore, che da maggio ne ha seguite 25.",
    ),
    (
        "figure_swapped", "en", "hu",
        "The match took 48 minutes, and 31 fans missed the last bus home that night.",
        "A meccs 31 percig tartott, és 48 szurkoló lekéste az utolsó buszt aznap este.",
    ),
    ("figure_added", "en", "it", "He came on Christmas Eve.", "È arrivato il 23 dicembre."),
    ("figure_changed", "en", "de", "It cut rates by 50 basis points.", "Sie senkte die Zinsen um 75 Basispunkte."),
    ("figure_changed", "en", "it", "It is 1.2 million miles away.", "È a 2,9 milioni di chilometri."),
    ("figure_approximator_lost", "en", "de", "Under 67 people came.", "67 Menschen kamen."),
    ("figure_changed", "en", "es", "A man in his late 60s died.", "Murió un hombre de casi 80 años."),
    ("figure_changed", "en", "de", "It took 12 1/2 years.", "Es dauerte 13,5 Jahre."),
    ("figure_changed", "en", "it", "The chapel is of the 16th century.", "La cappella è del Settecento."),
    ("figure_changed", "en", "de", "Highs reached 110 in Phoenix.", "In Phoenix wurden 53 Grad erreicht."),
    ("figure_changed", "en", "es", "It was 117F on the 21st day above 110.", "Hubo 47 grados el día 21 por encima de 53."),
    ("figure_changed", "en", "tr", "The 6-foot-4 guard left.", "1,63 boyundaki oyuncu gitti."),
    ("figure_lost", "en", "de", "The town is 300 km (190 miles) away.", "Die Stadt ist 310 km entfernt."),
    ("figure_swapped", "en", "ro", "Turnout was 67%, up from 61%.", "Prezența a fost de 61%, față de 67%."),
    ("figure_swapped", "en", "de", "Profit rose to 482m euros from 455m.", "Der Gewinn stieg auf 455 Mio. Euro von 482 Mio."),
    ("figure_unit", "en", "de", "Berg has 48% and Holm 45%.", "Berg liegt bei 48 und Holm bei 45%."),
    ("figure_changed", "en", "hu", "Profit rose to 482m euros from 455m.", "A profit 475 millióról 482 millió euróra nőtt."),
]  # fmt: skip
MUST_PASS = [
    ("en", "fr", "A quarter of a million fled.", "Un quart de million de personnes ont fui."),
    ("en", "ja", "It took a year and a half, to mid-2019.", "2019年半ばまで1年半かかった。"),
    ("en", "ko", "It took two and a half years.", "2년 반이 걸렸다."),
    ("en", "de", "A quarter of a million fled, three quarters of a million stayed.", "250.000 flohen, 750.000 blieben."),
    ("en", "de", "The engine has 300 horsepower.", "Der Motor hat 224 Kilowatt."),
    ("en", "de", "He weighs 12 stone and drank 10 pints.", "Er wiegt 76 Kilogramm und trank 5,7 Liter."),
    ("en", "de", "It was minus 4 degrees Fahrenheit.", "Es hatte minus 20 Grad."),
    ("en", "de", "Waves of 20 to 30 feet hit it.", "Wellen von sechs bis neun Metern trafen es."),
    ("en", "tr", "It rose from 4.1 million to 7.6 million.", "4,1 milyondan 7,6 milyona çıktı."),
    ("en", "cs", "She ran 12 minutes 35.4 seconds.", "Zaběhla to za 12:35,4 minuty."),
    ("en", "fr", "It costs £1,400 and took off 33 pounds.", "Il coûte 1.400 livres et fait perdre 15 kilos."),
    ("en", "zh-Hans", "17 of 23 boats sank.", "23艘船中有17艘沉没。"),
    ("de", "fr", "Der Leitzins fällt auf 3,25 Prozent.", "Le taux directeur est abaissé à 3,25 %."),
    ("de", "en", "Es kamen 2.200 Menschen.", "2,200 people came."),
    ("de", "en", "Er wartete zehn Monate.", "He waited 10 months."),
    ("es", "en", "Cuesta 120 millones de euros.", "It costs 120 million euros."),
    ("es", "ja", "Cuesta 120 millones de euros.", "費用は1.2億ユーロだ。"),
    ("en", "ko", "It costs 120 million euros.", "비용은 1억2000만 유로이다."),
    ("en", "hi", "It costs 120 million rupees.", "इसकी लागत 12 करोड़ रुपये है।"),
    ("en", "ar", "In 2018, 25 people came.", "في عام 2018 جاء 25 شخصا."),
    ("en", "ar", "In 2018, 25 people came.", "في عام ٢٠١٨ جاء ٢٥ شخصا."),
    ("en", "bn", "It has 1,200 seats.", "এতে ১,২০০টি আসন আছে।"),
    ("en", "pl", "A 42-year-old woman won.", "Wygrała czterdziestodwuletnia kobieta."),
    ("en", "fr", "It opened in the 19th century.", "Il a ouvert au XIXe siècle."),
    ("en", "cs", "It opened in the 1930s.", "Otevřelo ve 30. letech 20. století."),
    ("en", "sv", "It opened in the 19th century.", "Det öppnade på 1800-talet."),
    ("en", "th", "It opened in 2018.", "เปิดในปี 2561"),
    ("en", "sw", "It opens at 7 a.m.", "Inafunguliwa saa 1 asubuhi."),
    ("en", "es", "The talks start at 3 p.m.", "Las conversaciones empiezan a las 15:00."),
    ("en", "tr", "The rent rose by 25 percent.", "Kira yüzde 25 arttı."),
    ("en", "zh-Hans", "She came on September 29.", "她于9月29日到达。"),
    ("en", "vi", "She came on September 29.", "Cô đến vào ngày 29 tháng 9."),
    ("en", "nb", "They won 2-0.", "De vant 2–0."),
    ("en", "de", "More than 300 people, among them 12 children, came.", "Über 300 Menschen kamen, darunter 12 Kinder."),
    ("en", "ko", "The vote was on September 30, 2018.", "투표는 2018년 9월 30일에 있었다."),
    ("en", "tr", "He sold 12 houses in 30 days.", "30 günde 12 ev sattı."),
    ("en", "nl", "A storm of force 9 came in May 1974.", "In mei 1974 kwam er een storm met kracht 9."),
    ("en", "it", "Three men, aged 33, 34 and 39, left.", "Tre uomini, di 33, 34 e 39 anni, sono partiti."),
    ("en", "fr", "It wants to be No. 1 in tea by 2030.", "Il veut devenir le leader du thé d’ici 2030."),
    ("en", "hu", "One of the two left.", "Az egyikük elment."),
    ("en", "de", "It begins at 7:30.", "Es beginnt um halb acht."),
    ("en", "ca", "It begins at 7:30.", "Comença a dos quarts de vuit."),
    ("en", "bn", "It begins at 9:30.", "এটি সাড়ে ৯টায় শুরু হয়।"),
    ("en", "nl", "It ends at 12:00.", "Het eindigt om 12.00 uur."),
    ("en", "es", "It ends at 12:00.", "Termina al mediodía."),
    ("en", "hu", "CBS had 3.1 million, NBC 2.9 million.", "A CBS-t 3,1, az NBC-t 2,9 millióan nézték."),
    ("en", "tr", "3,200 people came.", "3 bin 200 kişi geldi."),
    ("en", "zh-Hans", "40 percent of them came.", "他们当中四成的人来了。"),
    ("en", "ja", "Winds of 85 mph came.", "時速137キロの風が吹いた。"),
    ("en", "fa", "He is 6-foot-6.", "قد او ۱ متر و ۹۸ سانتیمتر است."),
    ("en", "nb", "It took 24 hours.", "Det tok et døgn."),
    ("en", "it", "It needs 50 percent of the votes.", "Serve la metà dei voti."),
    ("en", "ru", "They reached the quarter-final.", "Они вышли в 1/4 финала."),
    ("en", "pl", "It is the 2018/19 season.", "To sezon 2018/2019."),
    ("en", "hi", "Millions of people fled.", "करोड़ों लोग भाग गए।"),
    ("en", "zh-Hans", "Tens of millions of people fled.", "数千万人逃离。"),
    ("en", "ja", "Hundreds of billions of yen were lost.", "数千億円が失われた。"),
    ("en", "es", "Billions of people watched it.", "Miles de millones de personas lo vieron."),
    ("en", "ar", "2,000 people came.", "جاء نحو ألفي شخص."),
    ("en", "pt", "Between 27 and 30 degrees are likely.", "São prováveis entre os 27 e os 30 graus."),
    ("en", "ja", "It was 68.21 percent, up 9.4 percentage points.", "9.4ポイント上回る68.21％だった。"),
    ("ko", "ru", "투표율은 9.4포인트 오른 68.21%였다.", "Явка составила 68,21 %, на 9,4 процентного пункта больше."),
    ("ja", "zh-Hans", "投票率は9.4ポイント上がった。", "投票率上升9.4个百分点。"),
    ("ja", "nl", "投票率は9.4ポイント上がった。", "De opkomst steeg met 9,4 procentpunt."),
    ("de", "ja", "Der Zins steigt um einen halben Prozentpunkt.", "金利は0.5ポイント引き上げられる。"),
    ("de", "uk", "Der Zins steigt um einen halben Prozentpunkt.", "Ставка зросте на пів відсоткового пункту."),
    ("de", "ru", "Der Zins steigt um einen halben Prozentpunkt.", "Ставка вырастет на полпроцентного пункта."),
    (
        "zh-Hans", "ja",
        "公交车11月4日投入运营，其余1150辆将退役。", "バスが11月4日に運行を開始し、残る1150台は退役する。",
    ),
    ("en", "ja", "It pays 300 euros per hectare.", "1ヘクタール当たり300ユーロを支払う。"),
    ("en", "ko", "It pays 300 euros per hectare.", "1헥타르당 300유로를 지급한다."),
    ("en", "zh-Hans", "It pays 300 euros per hectare.", "每1公顷支付300欧元。"),
    ("zh-Hans", "ja", "费用不到200万元。", "費用は200万元にも満たない。"),
    ("zh-Hans", "ko", "费用不到200万元。", "비용은 200만 위안이 되지 않는다."),
    ("tr", "en", "Katılımın 40.000’i aştığını söyledi.", "He said attendance exceeded 40,000."),
    ("en", "tr", "More than 40,000 came.", "Katılımın 40.000’i aştığını söyledi."),
    ("en", "cs", "The boar weighed 650 pounds.", "Kanec vážil 295 kg."),
    ("en", "pt", "They meet on May 13 and 14.", "Reúnem-se a 13 e 14 de maio."),
    ("en", "uk", "They meet from May 13 to 14.", "Вони зустрінуться 13–14 травня."),
    ("en", "fi", "It is worth 1.5 billion euros.", "Sen arvo on puolitoista miljardia euroa."),
    ("en", "ru", "Some 15 people were hurt.", "Пострадали полтора десятка человек."),
    ("en", "fr", "It starts at 7:30 p.m.", "Cela commence à sept heures et demie du soir."),
    ("en", "el", "About 200 people came.", "Ήρθαν καμιά διακοσαριά άτομα."),
    ("en", "pl", "It lies 200 miles from Lublin.", "Leży 320 km od Lublina."),
    ("en", "nl", "It was 113 degrees Fahrenheit, 110 before.", "Het was 45 graden, eerder 43."),
    ("en", "pt", "It was 113 degrees Fahrenheit, above 110 again.", "Estiveram 45 graus Celsius, de novo acima dos 43."),
    ("en", "de", "It was in the 80s on Sunday.", "Es war am Sonntag 28 Grad warm."),
    ("en", "ru", "It earned 87 cents a share, or $1.02.", "Прибыль составила $0,87 на акцию, или $1,02."),
    ("en", "fr", "It earned 87 cents a year earlier.", "Il avait gagné 87 cents un an plus tôt."),
    ("en", "sv", "Oil costs $83.17 a barrel.", "Oljan kostar 83:17 dollar fatet."),
    ("en", "fi", "She won in 2:19:08.", "Hän voitti ajalla 2.19.08."),
    ("en", "pt", "She won in 2:19:08.", "Ela venceu em 2:19.08 horas."),
    ("en", "pt-BR", "She won in 2:19:08.", "Ela venceu em 2h19min08s."),
    ("en", "fr", "The match took two hours and 52 minutes.", "Le match a duré 2 h 52."),
    ("en", "nl", "He ran it in 12 minutes 35.4 seconds.", "Hij liep het in 12.35,4."),
    ("en", "nb", "It opens at 0900 GMT.", "Den åpner klokken 10 norsk tid."),
    ("en", "el", "It opens at 0900 GMT.", "Ανοίγει στις 11 το πρωί ώρα Ελλάδας."),
    ("en", "uk", "She was 91.", "Вона померла на 92-му році життя."),
    ("en", "de", "She was 91.", "Sie starb im 92. Lebensjahr."),
    ("en", "cs", "It fell a quarter of a percentage point.", "Klesla o čtvrt procentního bodu."),
    ("en", "pt", "It fell a quarter of a percentage point.", "Caiu 25 pontos-base."),
    ("en", "nl", "He was banned for 18 months.", "Hij mag anderhalf jaar niet spelen."),
    ("en", "fi", "He was banned for 18 months.", "Hän sai puolentoista vuoden kiellon."),
    ("en", "el", "It is worst among people in their 40s.", "Είναι χειρότερο στους σαραντάρηδες."),
    ("en", "ru", "It is worst among people in their 40s.", "Хуже всего людям от 40 до 50 лет."),
    ("en", "sv", "It burned about 60 homes.", "Elden förstörde ett sextiotal hem."),
    ("en", "sv", "The storm is 85 miles away.", "Stormen är 14 mil bort."),
    ("en", "nb", "It burned more than 20,000 acres.", "Mer enn 80.000 mål er svidd av."),
    ("en", "fi", "Staff who work 24/7 have had 9/11 drills.", "Kellon ympäri tehdään syyskuun 11. päivän harjoituksia."),
    ("en", "ru", "The 49ers lost.", "«Сан-Франциско» проиграл."),
    ("en", "cs", "It made more in the quarter ended Sept. 30.", "Ve čtvrtletí do konce září vydělala víc."),
    ("en", "uk", "Half a million came, about 10,000 of them young.", "Прийшло пів мільйона, зокрема молодь — десятьма тисячами."),
    ("en", "uk", "They are 14 points behind with 11 games left.", "За 11 турів до кінця відстають на 14 очок."),
    ("en", "cs", "It hit 44 of 61 drones.", "Z 61 dronů, které sem přiletěly, jich zasáhla 44."),
    ("en", "ru", "They lost 1-0 at home.", "Они проиграли дома 0:1."),
    ("en", "el", "It needs 152 runs after 119 for 4.", "Μετά το 119 για 4 θέλει 152 ραν."),
    ("en", "nl", "She won 6-4, 3-6, 7-5 in two hours and 52 minutes.", "Ze won in twee uur en 52 minuten met 6-4, 3-6, 7-5."),
    ("en", "cs", "At least 37 died and more than 140 were hurt.", "Zemřelo nejméně 37 a více než 140 bylo zraněno."),
    ("en", "de", "The 14th of the 21 ships sank.", "Das vierzehnte der einundzwanzig Schiffe sank."),
    ("en", "de", "A Category 1 storm killed at least 14.", "Ein Sturm der Stufe 1 tötete mindestens 14."),
    ("en", "ro", "More than half a million fled.", "Au fugit peste o jumătate de milion de oameni."),
    ("en", "de", "More than half a million fled.", "Mehr als eine halbe Million floh."),
    ("en", "hu", "Rates fell a quarter of a percentage point.", "A kamat negyed százalékponttal csökkent."),
    ("en", "pl", "It meets on December 9-10.", "Spotka się 9–10 grudnia."),
    ("en", "de", "It meets on December 9-10.", "Es tagt am 9. und 10. Dezember."),
    ("en", "tr", "It meets on Dec. 9-10 in room 4.", "4 numaralı odada 9-10 Aralık'ta toplanacak."),
    ("en", "es", "It meets on December 9 and 10.", "Se reúne los días 9 y 10 de diciembre."),
    ("en", "de", "It falls to 3.75% to 4%.", "Er fällt auf 3,75 bis vier Prozent."),
    ("en", "es", "Ada Marsh, 16, and her 14-year-old sister came.", "Vinieron Ada Marsh, de 16 años, y su hermana, de 14."),
    ("en", "pl", "Her 14-year-old sister left in 2024.", "Jej 14-letnia siostra wyjechała w 2024 roku."),
    ("en", "hu", "The 49ers rallied from 17 points down.", "17 pontos hátrányból fordított a 49ers."),
    ("en", "de", "The boy weighed 7lb 9oz.", "Der Junge wog 3,4 Kilogramm."),
    ("en", "hu", "He hit 28 of the 39 targets.", "A 39 célból 28-at eltalált."),
    ("en", "tr", "He won 78 of 200 seats for Berg.", "Berg'e 200 sandalyenin 78'ini kazandırdı."),
    (
        "en", "tr", "It paid $3.2 billion in cash, or $48 a share.",
        "Hisse başına 48 dolardan 3,2 milyar dolar nakit ödedi.",
    ),
    ("en", "tr", "Turnout was 67.8%, up from 61.2%.", "Yüzde 61,2 olan katılım yüzde 67,8'e çıktı."),
    (
        "en", "it", '"She is 25," said the coach, who has trained 48 women since May.',
        "L'allenatore, che da maggio ne ha seguite 48, dice: «Ha 25 anni».",
    ),
    ("en", "hu", "She won set 5 in 48 minutes.", "48 perc alatt nyerte meg az 5. szettet."),
    ("en", "hu", "It cut rates by 50 basis points.", "50 bázisponttal csökkentette a kamatot."),
    ("en", "de", "It cut rates by 50 basis points.", "Sie senkte die Zinsen um 50 Basispunkte."),
    ("en", "pl", "It cut rates by 50 basis points.", "Obniżył stopy o 50 pkt bazowych."),
    ("en", "tr", "It cut rates by 50 basis points.", "Faizi 50 baz puan indirdi."),
    ("en", "ro", "It cut rates by 50 basis points.", "A redus dobânda cu 50 de puncte de bază."),
    ("en", "it", "It cut rates by 50 basis points.", "Ha tagliato i tassi di 50 punti base."),
    ("en", "es", "It cut rates by 50 basis points.", "Bajó los tipos en 50 puntos básicos."),
    ("en", "de", "It cut rates by 50 basis points.", "Sie senkte die Zinsen um einen halben Prozentpunkt."),
    ("en", "de", "Berg shot a five-under-par 67 to go 11 under.", "Berg spielte eine 67 und liegt elf unter Par."),
    ("en", "it", "It is 1.2 million miles away.", "È a 1,9 milioni di chilometri."),
    ("en", "hu", "The shop is open 24/7.", "A bolt éjjel-nappal nyitva van."),
    ("en", "tr", "The shop is open 24/7.", "Dükkân 7 gün 24 saat açık."),
    ("en", "it", "Bus No. 73 hit a wall.", "L'autobus 73 ha urtato un muro."),
    ("en", "de", "Women in their 50s and one girl came.", "Es kamen Frauen in den Fünfzigern und eine Schülerin."),
    ("en", "es", "Women in their 50s and a girl of 15 came.", "Vinieron mujeres de cincuenta años y una chica de 15."),
    ("en", "es", "A man in his late 60s died.", "Murió un hombre de casi 70 años."),
    ("en", "pl", "It has changed since 9/11.", "Od 11 września wszystko się zmieniło."),
    ("en", "hu", "It took 2 1/2 years.", "Két és fél évig tartott."),
    ("en", "tr", "Children under 12 pay half.", "12 yaş altı çocuklar yarı fiyat ödüyor."),
    ("en", "tr", "She won 6-4, 3-6, 7-6 in 48 minutes.", "48 dakikada 6-4, 3-6, 7-6 kazandı."),
    ("en", "it", "He came on Christmas Eve.", "È arrivato il 24 dicembre."),
    ("en", "ro", "It opened on New Year's Eve.", "S-a deschis pe 31 decembrie."),
    ("en", "de", "It opened on December 26.", "Es öffnete am zweiten Weihnachtstag."),
    ("en", "it", "The chapel is of the 16th century.", "La cappella è del Cinquecento."),
    ("en", "it", "The letter dates from the 1560s.", "La lettera è degli anni Sessanta del Cinquecento."),
    ("en", "de", "Highs reached 110 in Phoenix.", "In Phoenix wurden 43 Grad erreicht."),
    ("en", "es", "It was 117F on the 21st day above 110.", "Hubo 47 grados el día 21 por encima de 43."),
    ("en", "ro", "Lows of 14F (minus 10C) are likely.", "Sunt probabile minime de minus 10 grade."),
    ("en", "tr", "The 6-foot-4 guard left.", "1,93 boyundaki oyuncu gitti."),
    ("en", "ro", "Voters in their 20s came.", "Au venit alegătorii de 20-30 de ani."),
    ("en", "pl", "Voters in their 20s came.", "Przyszli wyborcy po dwudziestce."),
    ("en", "pl", "It was built in the 2010s.", "Zbudowano go w drugiej dekadzie XXI wieku."),
    ("en", "hu", "The trial will last ten weeks.", "A per tíz hétig tart."),
    ("en", "hu", "It came on Monday at 9.", "Hétfőn 9-kor jött."),
    ("en", "hu", "Doors open at 7.30pm.", "Este fél nyolckor nyit."),
    ("en", "hu", "They got 18 months.", "Másfél évet kaptak."),
    ("en", "pl", "They got 18 months.", "Dostali półtora roku."),
    ("en", "es", "They got 18 months.", "Les cayó un año y medio."),
    ("en", "de", "Some two dozen ministers quit.", "Etwa zwei Dutzend Minister gingen."),
    ("en", "it", "He wants a 10-year guarantee.", "Vuole una garanzia decennale."),
    ("en", "cs", "It is 200 miles away.", "Je to 321 kilometrů daleko."),
    ("en", "de", "It is 385 miles away.", "Es ist 620 Kilometer entfernt."),
    ("en", "de", "It is nearly 100 miles away.", "Es ist fast 161 Kilometer entfernt."),
    ("en", "he", "It was 45C.", "היו 45 מעלות."),
    ("en", "fr", "It was 113 degrees, above 110 again.", "Il a fait 45 degrés, encore plus de 43."),
    ("en", "ja", "Two foxes were shot a fortnight ago.", "キツネ2匹が2週間前に撃たれた。"),
    ("en", "it", "It sold 1 in 3 shares.", "Ha venduto il 33% delle azioni."),
    ("en", "bn", "Officer Peterson Jr. left.", "কর্মকর্তা পিটারসন জুনিয়র চলে যান।"),
    ("en", "ta", "Officer Peterson Jr. left.", "அதிகாரி பீட்டர்சன் ஜூனியர் சென்றார்."),
    ("en", "pl", "Oil costs $71.16 a barrel.", "Baryłka ropy kosztuje 71,16 dol."),
    ("en", "pl", "It was 37.5 degrees.", "Było 37,5 stopnia."),
    ("en", "es", "It would add 0.4 of a percentage point.", "Sumaría 0,4 puntos porcentuales."),
    ("en", "hu", "He must serve a minimum of 31 years.", "Leghamarabb 31 év múlva szabadulhat."),
    ("en", "tr", "It bans shifts of more than 10 hours.", "10 saatten uzun vardiyaları yasaklıyor."),
    ("en", "de", "Berg has 48% and Holm 45%.", "Berg liegt bei 48 und Holm bei 45 Prozent."),
    ("en", "de", "Profit rose to 482m euros from 455m.", "Der Gewinn stieg von 455 auf 482 Millionen Euro."),
    ("en", "es", "Profit rose to 482m euros from 455m.", "El beneficio subió de 455 a 482 millones de euros."),
    ("en", "hu", "Profit rose to 482m euros from 455m.", "A profit 455 millióról 482 millió euróra nőtt."),
    ("en", "pl", "Profit rose to 482m euros from 455m.", "Zysk wzrósł z 455 mln do 482 mln euro."),
    ("en", "sv", "Profit rose to 482m euros from 455m.", "Vinsten steg från 455 till 482 miljoner euro."),
]  # fmt: skip
CLAIMS = [
    ("figure_not_in_evidence", "en", "6 people were killed.", ["On June 6 people were killed in the town."]),
    ("figure_not_in_evidence", "en", "Profit was $9.9bn.", ["Profit rose to $4.5bn."]),
    ("figure_not_in_evidence", "en", "Profit was $9.9bn.", ["Profit rose."]),
    ("figure_not_in_evidence", "en", "Billions of people fled.", ["Millions of people fled."]),
    (None, "en", "Over a million people fled.", ["Millions of people fled, 1.2 million of them on foot."]),
    ("figure_unit", "en", "Profit rose by 12 euros.", ["Profit rose by 12 percent."]),
    (None, "en", "Turnout was 67 percent, up from 61.", ["Turnout rose from 61 to 67 percent."]),
    (None, "en", "Turnout rose from 61% to 67%.", ["Turnout was 67%, against 61."]),
    (None, "de", "Die Beteiligung lag bei 67 Prozent, nach zuvor 61.", ["Die Beteiligung stieg von 61 auf 67 Prozent."]),
    (None, "hi", "मतदान 61% से बढ़कर 67% हुआ", ["मतदान 61 से बढ़कर 67 प्रतिशत हो गया।"]),
    (None, "th", "ผู้ใช้สิทธิเพิ่มจาก 61% เป็น 67%", ["ผู้ใช้สิทธิเพิ่มจาก 61 เป็น 67 เปอร์เซ็นต์"]),
    (None, "tr", "2-1 yenilen takım evine döndü.", ["Takım 2-1 kaybetti."]),
    ("figure_unit", "tr", "Bilet 500 yen.", ["Bilet 500 dolar."]),
    ("figure_unit", "en", "61% of boats sank, 67% last year.", ["Of 61 boats 67 percent sank."]),
    ("figure_unit", "en", "Turnout rose by 61.", ["Turnout rose by 61 percent."]),
    ("figure_unit", "th", "ผู้ใช้สิทธิ 61% จาก 67%", ["ผู้ใช้สิทธิ 61 คนจากหมู่บ้านริมน้ำ คิดเป็น 67 เปอร์เซ็นต์"]),
    ("figure_swapped", "en", "Ukraine lost 5, Russia 10.", ["Russia lost 5, Ukraine 10."]),
    ("figure_swapped", "zh-Hans", "俄军损失10人，乌军5人。", ["俄军损失5人，乌军10人。"]),
    ("figure_swapped", "en", "Of the 40 ships, 12 sank and 7 were lost.", ["Of the 40 ships, 7 sank and 12 were lost."]),
    ("figure_swapped", "de", "Im Jahr 44 sanken 1967 Schiffe vor Kiel.", ["Im Jahr 1967 sanken 44 Schiffe vor Kiel."]),
    ("figure_swapped", "ja", "港では34人が負傷し、12人が死亡した。", ["港では12人が負傷し、34人が死亡した。"]),
    ("figure_approximator_lost", "en", "17 people were killed.", ["At least 17 people were killed."]),
    ("figure_approximator_lost", "en", "At least 17 people were killed.", ["17 people were killed."]),
    ("figure_approximator_lost", "en", "About 17 people were killed.", ["More than 17 people were killed."]),
    ("figure_approximator_lost", "es", "Murieron 17 personas.", ["Murieron al menos 17 personas."]),
    ("figure_not_in_evidence", "en", "100 percent came.", ["10 percent came."]),
    ("figure_not_in_evidence", "en", "They won 1-00.", ["They won 1-0."]),
    ("figure_not_in_evidence", "de", "Ein 1-jähriger Junge kam.", ["Ein 13-jähriger Junge kam."]),
    ("figure_approximator_lost", "ar", "جاء 25 شخصا", ["جاء ما يصل إلى 25 شخصا"]),
    (None, "ar", "فوز الوادي على الساحل 4-2", ["قاد الهداف الوادي إلى فوز مثير 4-2 على الساحل"]),
    ("figure_approximator_lost", "en", "Attendance was 40,000.", ["Attendance exceeded 40,000."]),
    (None, "en", "The team scored 40 goals.", ["The team exceeded all hopes with 40 goals."]),
    (None, "ru", "Счёт 4-2 остался.", ["Счёт вырос до 4-2."]),
    (None, "en", "Six people were killed on June 6.", ["On June 6, six people were killed."]),
    (None, "en", "Russia lost 5 and Ukraine lost 10.", ["Russia lost 5, Ukraine 10."]),
    (None, "en", "Berg scored 4 and Holm scored 2.", ["Holm scored 2 and Berg scored 4."]),
    (None, "en", "It won 5 in 2016 and 3 in 2012.", ["It won 3 in 2012 and 5 in 2016."]),
    (None, "en", "More than 300 came.", ["Over 300 people came."]),
    (None, "de", "Zehn Menschen starben.", ["Bei dem Brand starben 10 Menschen."]),
    (None, "fr", "Le pont coûtera 1,2 milliard d’euros.", ["Son prix : 1,2 milliard d’euros, soit 30 % de plus."]),
]  # fmt: skip


def codes(findings: Sequence[Finding], severity: str = "error") -> list[str]:
    return [found.code for found in findings if found.code.startswith("figure_") and found.severity == severity]


@pytest.mark.parametrize(("code", "source_language", "language", "source", "translation"), MUST_FAIL)
def test_what_a_translation_changes(
    code: str, source_language: str, language: str, source: str, translation: str
) -> None:
    """A changed, lost, added or swapped figure is an error that names both texts."""
    assert code in codes(check_translation(source, translation, source_language=source_language, language=language))


@pytest.mark.parametrize(("source_language", "language", "source", "translation"), MUST_PASS)
def test_what_languages_write_differently(source_language: str, language: str, source: str, translation: str) -> None:
    """The same figure in another script, form, scale or order is no finding."""
    findings = check_translation(source, translation, source_language=source_language, language=language)
    assert not codes(findings)
    assert not codes(findings, "warning")


@pytest.mark.parametrize(("code", "language", "claim", "evidence"), CLAIMS)
def test_claims_beside_their_evidence(code: str | None, language: str, claim: str, evidence: list[str]) -> None:
    """Every figure of a line is in its evidence, of the same kind, beside the same words, as exact as there."""
    assert codes(check_claim(claim, evidence, language=language)) == ([code] if code else [])


def test_an_error_shows_both_figures() -> None:
    """A finding quotes the figure of the source and the one that stands in its place."""
    (found,) = check_translation("It costs $4.5bn.", "Es kostet 9,9 Mrd. Dollar.", source_language="en", language="de")
    assert (found.expected, found.found) == ("4.5bn", "9,9 Mrd")
    assert found.detail == 'source "4.5bn USD", translation "9,9 Mrd USD"'


@pytest.mark.parametrize(
    ("source", "translation"),
    [("It is 40 miles long.", "Es ist 60 Kilometer lang."), ("It was 80 degrees.", "Es war 25 Grad warm.")],
)
def test_roughly_converted_units_are_a_warning(source: str, translation: str) -> None:
    """A measure that was rounded on its way into another unit is for an editor to see; a wrong one is an error."""
    findings = check_translation(source, translation, source_language="en", language="de")
    assert codes(findings, "warning") == ["figure_converted"]
    wrong = check_translation(
        source, translation.replace("60", "46").replace("25", "57"), source_language="en", language="de"
    )
    assert codes(wrong) == ["figure_changed"]


def test_yards_taken_for_metres_are_a_warning() -> None:
    """Sports reporters take one for the other, more than 10 % apart or not."""
    found = check_translation("He ran 120 yards.", "Er lief 120 Meter.", source_language="en", language="de")
    assert codes(found, "warning") == ["figure_converted"]
    assert not codes(found)


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("It is 40 miles long.", "Es ist 64 Kilometer lang."),
        ("It was 80 degrees.", "Es war 27 Grad warm."),
        ("It is 2 inches thick.", "Es ist 5 Zentimeter dick."),
    ],
)
def test_exactly_converted_units_are_no_finding(source: str, translation: str) -> None:
    """What an editor would convert to the same figure needs no second look."""
    found = check_translation(source, translation, source_language="en", language="de")
    assert not [finding for finding in found if finding.code.startswith("figure_")]


def test_a_language_without_data_is_said_to_be_unchecked() -> None:
    """Its figures in digits are compared all the same; without a figure there is nothing to say."""
    findings = check_translation("It has 12 seats.", "12 sæti eru þar.", source_language="en", language="is")
    assert [found.code for found in findings if found.code == "language_unchecked"] == ["language_unchecked"]
    assert not [
        f
        for f in check_translation("It is.", "Það er.", source_language="en", language="is")
        if f.code == "language_unchecked"
    ]
    assert [f.code for f in check_claim("12 sæti.", ["12 sæti."[:4]], language="is") if f.code == "language_unchecked"]


def test_very_many_figures_are_compared_by_their_values() -> None:
    """A table in one line is compared without regard to order or company; a figure that was changed is seen."""
    for most, found in ((9, ["figure_swapped"]), (MANY, [])):
        table = " ".join(f"{index}." for index in range(20, 20 + most))
        lines = f"Russia lost 5, Ukraine 10. {table}", f"Rusia perdió 10, Ucrania 5. {table}"
        assert codes(check_translation(*lines, source_language="en", language="es")) == found
    row = [str(7 * index + 3) for index in range(MANY + 1)]
    source, turned = f"The values were {', '.join(row)}.", f"Die Werte waren {', '.join(reversed(row))}."
    wrong = turned.replace(" 360,", " 361,")
    assert codes(check_translation(source, turned, source_language="en", language="de")) == []
    assert codes(check_translation(source, wrong, source_language="en", language="de")) == ["figure_changed"]
    assert codes(check_translation(source, wrong, source_language="en", language="is")) == ["figure_changed"]
    assert codes(check_claim(f"The values were {', '.join(reversed(row))}.", [source], language="en")) == []
    assert codes(check_claim(source.replace(" 360,", " 361,"), [source], language="en")) == ["figure_not_in_evidence"]


@pytest.mark.parametrize(
    ("source_language", "language", "source", "text"),
    [
        ("en", "de", "Turnout fell by 3 percentage points.", "Die Beteiligung sank um 3 Prozent."),
        ("en", "hi", "Turnout fell by 3 percent.", "मतदान 3 प्रतिशत अंक गिरा।"),
        ("ru", "zh-Hans", "Явка упала на 3 процентных пункта.", "投票率下降了3%。"),
    ],
)
def test_percent_for_percentage_points_is_a_warning(
    source_language: str, language: str, source: str, text: str
) -> None:
    """A person has to look, but translators often write so: it holds nothing."""
    found = check_translation(source, text, source_language=source_language, language=language)
    assert [(each.code, each.severity) for each in found] == [("figure_unit", "warning")]
