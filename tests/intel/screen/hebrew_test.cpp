// Common Israeli given and family names, joined at random, in Hebrew and in their usual Latin spellings.
#include <gtest/gtest.h>

#include "intel/screen/hebrew_letters.h"
#include "intel/screen/name_match.h"

namespace testudo {
namespace {

struct Names {
  const char *hebrew, *latin;
};
constexpr Names same[] = {
    {"שלו מיתליו", "Shalev Mithalio"},
    {"עמרי לביא", "Omri Lavi"},
    {"יצחק רבינוביץ", "Yitzhak Rabinovich"},
    {"אברהם פרידמן", "Avraham Friedman"},
    {"משה כהן", "Moshe Cohen"},
    {"דוד לוי", "David Levy"},
    {"שרה מזרחי", "Sarah Mizrahi"},
    {"רחל פרץ", "Rachel Peretz"},
    {"רבקה ביטון", "Rivka Biton"},
    {"יעקב דהן", "Yaakov Dahan"},
    {"יהודה אברהם", "Yehuda Abraham"},
    {"נועה שפירא", "Noa Shapira"},
    {"אלי גולדשטיין", "Eli Goldstein"},
    {"אורי קליין", "Uri Klein"},
    {"יובל גולן", "Yuval Golan"},
    {"תמר וייס", "Tamar Weiss"},
    {"גיל שוורץ", "Gil Schwartz"},
    {"יוסי אזולאי", "Yossi Azoulay"},
    {"שמעון אוחיון", "Shimon Ohayon"},
    {"חיים גבאי", "Chaim Gabbay"},
    {"ברוך הורוביץ", "Baruch Horowitz"},
    {"אביגדור הלפרין", "Avigdor Halperin"},
    {"בצלאל יוגב", "Bezalel Yogev"},
    {"זאב בר לב", "Zeev Bar-Lev"},
    {"צבי הראל", "Zvi Harel"},
    {"טל דיין", "Tal Dayan"},
    {"רועי ברק", "Roy Barak"},
    {"איתי פלד", "Itai Peled"},
    {"נדב אשכנזי", "Nadav Ashkenazi"},
    {"גלעד חדד", "Gilad Hadad"},
    {"עופר כץ", "Ofer Katz"},
    {"אסף קפלן", "Assaf Kaplan"},
    {"הילה סבג", "Hila Sabag"},
    {"מיכל אוחנה", "Michal Ohana"},
    {"ענת בן דוד", "Anat Ben David"},
    {"יואב גל", "Yoav Gal"},
    {"ליאור עמר", "Lior Amar"},
    {"שי אגסי", "Shai Agassi"},
    {"דורון אלמוג", "Doron Almog"},
    {"אהוד פלד", "Ehud Peled"},
    {"עידו נחמיאס", "Ido Nachmias"},
    {"יעל רוזנברג", "Yael Rosenberg"},
    {"אורן זריף", "Oren Zarif"},
};
constexpr Names others[] = {
    {"דוד לוי", "Daniel Levy"},         {"עמרי לביא", "Amir Levi"},       {"נועה שפירא", "Neta Shapira"},
    {"יוסי אזולאי", "Yossi Alon"},      {"גיל שוורץ", "Gal Schwartzman"}, {"רחל פרץ", "Rivka Peretz"},
    {"אורי קליין", "Ariel Klein"},      {"דן כהן", "Dana Cohen"},         {"רועי ברק", "Roni Barak"},
    {"אסף קפלן", "Assaf Cohen"},        {"תמר וייס", "Tomer Weissman"},   {"חיים גבאי", "Hanan Gabbay"},
    {"ברוך הורוביץ", "Barak Horowitz"}, {"יואב גלנט", "Yoav Galili"},     {"ליאור עמר", "Lior Omri"},
    {"שלו מיתליו", "Shlomo Mithalio"},  {"משה כהן", "Moshe Katzir"},      {"טל דיין", "Gal Dayan"},
    {"יובל גולן", "Yaniv Golan"},       {"שמעון אוחיון", "Shimon Peled"}, {"יעקב דהן", "Yaakov Dror"},
    {"גלעד חדד", "Gilad Harari"},
};

TEST(HebrewNames, MeetTheirLatinSpellings) {
  for (const auto& [hebrew, latin] : same) {
    EXPECT_GE(match_names(hebrew, latin, NameMode::person).score, 0.8) << latin;
    EXPECT_GE(match_names(latin, hebrew, NameMode::person).score, 0.8) << latin;
  }
}

TEST(HebrewNames, AreToldFromOtherNames) {
  for (const auto& [hebrew, latin] : others)
    EXPECT_LT(match_names(hebrew, latin, NameMode::person).score, screen_threshold) << latin;
}

TEST(HebrewNames, AreReadLetterByLetter) {
  EXPECT_EQ(hebrew_distance("shlu", "shalev"), 0);
  EXPECT_EQ(hebrew_distance("mlkh", "malka"), 0);
  EXPECT_EQ(hebrew_distance("prts", "peretz"), 0);
  EXPECT_GT(hebrew_distance("dn", "dana"), 0.2F);     // a last vowel is written
  EXPECT_GT(hebrew_distance("dn", "adin"), 0.3F);     // and so is a first
  EXPECT_GT(hebrew_distance("bruk", "barak"), 0.2F);  // vav is no a
  EXPECT_EQ(hebrew_distance("", ""), 1);
  EXPECT_EQ(hebrew_distance("n", "noa"), 1);
  const auto keys = hebrew_skeletons("shlu");
  EXPECT_EQ(keys, (std::vector<std::uint32_t>{0x49, 0x492}));
  EXPECT_LE(hebrew_skeletons("bkpbkpbkpbkp").size(), 24U);
}

}  // namespace
}  // namespace testudo
