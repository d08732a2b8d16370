// Pairs of invented names that vary as names do, one kind of variation after another, with the verdict that is right:
// y means one and the same, n two. Facts of languages and of how people write, not of any list.
#include <gtest/gtest.h>

#include "base/text.h"
#include "intel/screen/name_match.h"

namespace testudo {
namespace {

// Schema (Person, Company, Organization, Vessel), two names, verdict.
constexpr std::string_view cases = R"(
P|Фёдор Примеров|Fyodor Primerov|y
P|Фёдор Щепкинов|Fjodor Schtschepkinow|y
P|Юлия Примерова|Julija Primerowa|y
P|Юлия Жукова|Julija Schukowa|y
P|Ігор Гриценков|Ihor Hrytsenkov|y
P|Николай Павлович Тестов|Тестов Н. П.|y
P|Юлия Яковлевна Тестова|Тестова Ю.Я.|y
P|Юлия Яковлевна Тестова|Yu. Ya. Testova|y
P|Тестов Ю.В.|Yury Viktorovich Testov|y
P|Ю Примин|Yu Primin|y
P|Thomas Testov|Dr. Th. Testov|y
P|Testov Yu V|Yury Viktorovich Testov|y
P|Тестов Е.А.|Yevgeny Testov|y
P|Щ. Примеров|Shcherban Primerov|y
P|Zh. Testova|Zhanna Testova|y
P|Sh. Mithali|Shahid Mithali|y
P|Y.V. Testov|Ю. В. Тестов|y
P|Тестов Ю.В.|Igor Viktorovich Testov|n
P|Zh. Testova|Zinaida Testova|n
P|Ю. Тестов|Yana Primerova|n
O|Beispielwerk GmbH|Beispielwerk GmbH in Liquidation|y
C|Esempio S.r.l.|Esempio Srl (in liquidazione)|y
P|محمدباقر مثالی|Mohammad Bagher Mesali|y
P|غلامرضا مثالزاده|Gholam Reza Mesalzadeh|y
P|Николай Павлович Тестов|Николай Андреевич Тестов|n
P|Анатолий Тестов|Виталий Тестов|n
P|عبد الرحمن المثالي|Abdelrahmane Mithali|y
P|Abu Bakr al-Mithali|Aboubakar Mithali|y
P|خالد بن يوسف التجريبي|Khaled bin Yousef al-Tajribi|y
P|Yaqub bin Ishaq|Ishaq bin Yaqub|n
P|Najeebullah Mithal|Najib Allah Mithal|y
P|غلامرضا مثالی|Gholam Reza Mesali|y
P|Ahmad Saleh Mithali|Ahmad Saleh Tajribi|n
P|Abdulrahim Mithali|Abdulrahman Mithali|n
P|Amir Hossein Mesalizadeh|Amirhossein Mesali-Zadeh|y
P|אברהם כהן|Avraham Cohen|y
P|משה לוי|Moshe Levi|y
P|Yehuda Mashal|Judah Mashal|y
P|陳志遠|陈志远|y
P|陈志远|Chen Zhi Yuan|y
P|王建国|王建军|n
P|박지성|Pak Chi-song|y
P|이영희|Lee Young-hee|y
P|정민호|정민수|n
P|Ohno Yuuki|Ono Yuki|y
P|Γιώργος Παραδειγματίδης|George Paradeigmatidis|y
P|გიორგი მაგალიძე|Giorgi Magalidze|y
P|Hagop Bedrosian|Hakob Petrosyan|y
P|राजेश कुमार उदाहरण|Rajesh Kumar Udaharan|y
P|Lakshmi Udaharan|Laxmi Udaharan|y
P|Elizabeth Exampleton|Betsy Exampleton|y
P|Francisco Ejemplar|Paco Ejemplar|y
P|Vladimir Testov|Volodya Testov|y
P|Samuel Exampleton|Simon Exampleton|n
P|Fernanda Ejemplar|Fernando Ejemplar|n
P|Erik Eksempel|Erika Eksempel|n
P|Ivan Testov|Ivana Testova|n
P|Maria Testov|Maria Testova|y
P|J. R. Exampleton|John Robert Exampleton|y
P|J. Exampleton|Robert Exampleton|n
P|J. R. Exampleton|J. T. Exampleton|n
P|John R Exampleton|John T Exampleton|n
P|Robert Roe Jr.|Robert Roe Sr.|n
P|Robert Roe II|Robert Roe III|n
P|Robert Roe III|Robert Roe|y
P|Jan van der Beispiel|Jan Vanderbeispiel|y
P|Luis de la Muestra|Luis Delamuestra|y
P|Halla Prófsdóttir|Halla Dæmisdóttir|n
P|Malik Nasirzai|Malik Noorzai|n
P|Jonathn Exampelton|Jonathan Exampleton|y
P|Mar1a Exampleton|Maria Exampleton|y
P|Dr. Ute Beispiel|Ute Beispiel|y
C|Example Trdg LLC|Example Trading LLC|y
C|Example Natl Mfg Co|Example National Manufacturing Company|y
C|Exemplar Engg & Constr Ltd|Exemplar Engineering and Construction Limited|y
C|Assoc. Example Works|Associated Example Works|y
C|Beispiel Svcs Inc|Beispiel Services Incorporated|y
C|Рила Трейд ЕООД|Rila Trade EOOD|y
C|Ornek Ticaret Ltd. Sti.|Örnek Ticaret Limited Şirketi|y
C|Beispiel spol. s r.o.|Beispiel s.r.o.|y
C|Пример ООО|Primer LLC|y
C|Beispiel Sp. z o.o.|Beispiel Spółka z ograniczoną odpowiedzialnością|y
C|North Example Shipping|South Example Shipping|n
C|East Example Mining|West Example Mining|n
O|Islamic Army of Exampleland|Islamic Front of Exampleland|n
C|Example Insurance Company|Example Petrochemical Company|n
C|Exemplar Ukraine|Exemplar Belarus|n
C|Завод Примерный|Primerny Plant|y
C|Institute No 9|Institute Number 9|y
C|First Example Bank|1st Example Bank|y
V|MV Example Pride|Example Pride|y
V|Example Falcon II|Example Falcon 2|y
V|Example Falcon|Example Eagle|n
)";

NameMode mode_of(char schema) {
  return schema == 'P' ? NameMode::person : schema == 'V' ? NameMode::vessel : NameMode::organisation;
}

TEST(NameVariations, AreToldFromOtherNames) {
  std::size_t pairs = 0;
  for (const std::string_view line : split(cases, '\n')) {
    const auto fields = split(line, '|');
    if (fields.size() != 4) continue;
    ++pairs;
    for (const bool turned : {false, true}) {
      const NameScore score = match_names(fields[turned ? 2 : 1], fields[turned ? 1 : 2], mode_of(fields[0][0]));
      EXPECT_EQ(score.score >= screen_threshold, fields[3] == "y") << line << " " << score.score;
    }
  }
  EXPECT_EQ(pairs, 93);
}

}  // namespace
}  // namespace testudo
