//! Documents that nobody wrote, of a structure that is known: what the tests of scale, the benchmarks and `generate` are fed with.
//!
//! The same seed and number give the same document. Plans have chapters, sections, measures, items, bullets and a table of indicators;
//! notices have sections and what stands in them. [`Made::outline`] says what a reader has to find in the text, in order.

use std::fmt::Write as _;

use super::words::{CHAPTERS, FIRST, INDICATORS, NOUNS, OFFICES, PROVINCES, SECOND, SENTENCES, SUBJECTS, VERBS};

const NUMERALS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

/// A document and what is to be found in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Made {
    /// The name of its file.
    pub(crate) name: String,
    /// The text of its file.
    pub(crate) text: String,
    /// Its id, made of its 文号.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: String,
    /// Kind, mark and title of everything but the head and running text, in order.
    pub(crate) outline: Vec<(&'static str, String, String)>,
    /// How many indicators its table has.
    pub(crate) indicators: usize,
}

/// The document of this number.
pub(crate) fn make(seed: u64, number: usize) -> Made {
    let mut maker = Maker { chance: Chance::new(seed, number), made: Made::default() };
    let is_plan = maker.chance.below(5) < 2;
    maker.head(number, is_plan);
    if is_plan {
        maker.plan();
    } else {
        maker.notice();
    }
    maker.made
}

/// Numbers that follow from a seed (the generator `SplitMix64`).
struct Chance(u64);

impl Chance {
    fn new(seed: u64, number: usize) -> Self {
        let mut chance = Self(seed ^ (number as u64).wrapping_mul(0xa076_1d64_78bd_642f));
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or_default()
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

struct Maker {
    chance: Chance,
    made: Made,
}

impl Maker {
    fn line(&mut self, line: &str) {
        self.made.text.push_str(line);
        self.made.text.push_str("\n\n");
    }

    fn found(&mut self, kind: &'static str, mark: &str, title: &str) {
        self.made.outline.push((kind, mark.to_owned(), title.to_owned()));
    }

    fn head(&mut self, number: usize, is_plan: bool) {
        let (province, letter) = self.chance.of(&PROVINCES);
        let (office, letters) = self.chance.of(&OFFICES);
        let year = 2015 + number % 10;
        let subject = self.chance.of(&SUBJECTS);
        let count = number / 10 + 1;
        let title = if is_plan {
            format!("{province}{subject}发展规划")
        } else {
            let (verb, noun) = (self.chance.of(&VERBS), self.chance.of(&NOUNS));
            format!("关于{verb}{subject}{noun}的通知")
        };
        self.made.name = format!("{number:06}-{title}.txt");
        self.made.id = format!("{letter}{letters}-{year}-{count}");
        self.line(&format!("{province}{office}"));
        self.line(&if is_plan { format!("关于印发《{title}》的通知") } else { title.clone() });
        self.line(&format!("{letter}{letters}〔{year}〕{count}号"));
        self.line("各市州、县市区人民政府，省直有关单位：");
        let date = format!("{year}年{}月{}日", self.chance.between(1, 12), self.chance.between(1, 28));
        if is_plan {
            self.line(&format!("现将《{title}》印发给你们，请认真组织实施。"));
            self.line(&format!("{province}{office}"));
            self.line(&date);
            self.line(&title);
        } else {
            let body = self.sentences(1, 3);
            self.line(&format!("为贯彻落实有关部署，现就{subject}有关事项通知如下。{body}"));
        }
        self.made.title = if is_plan { title } else { format!("{province}{office}{title}") };
    }

    fn plan(&mut self) {
        let chapters = self.chance.between(4, 8);
        let table_in = self.chance.between(1, chapters - 1);
        for chapter in 0..chapters {
            let title = if chapter + 1 == chapters { "保障措施" } else { CHAPTERS[chapter] };
            let mark = format!("第{}章", NUMERALS[chapter]);
            self.line(&format!("{mark}  {title}"));
            self.found("chapter", &mark, title);
            let sections = self.chance.between(2, 5);
            for section in 0..sections {
                self.section(section, 5);
            }
            if chapter == table_in {
                self.table();
            }
        }
    }

    fn notice(&mut self) {
        for section in 0..self.chance.between(3, 6) {
            self.section(section, 4);
        }
    }

    fn section(&mut self, place: usize, most: usize) {
        let mark = format!("{}、", NUMERALS[place]);
        let title = self.heading();
        self.line(&format!("{mark}{title}"));
        self.found("section", &mark, &title);
        if self.chance.below(3) == 0 {
            let body = self.sentences(2, 4);
            self.line(&body);
        }
        if self.chance.below(8) == 0 {
            for _ in 0..self.chance.between(2, 4) {
                self.entry("bullet", "——", 2);
            }
            return;
        }
        let measures = self.chance.between(2, most);
        for numeral in NUMERALS.iter().take(measures) {
            self.entry("measure", &format!("（{numeral}）"), 4);
            if self.chance.below(5) == 0 {
                for item in 1..=self.chance.between(2, 4) {
                    self.entry("item", &format!("{item}."), 2);
                }
            }
        }
    }

    /// A line with a mark, a title and what runs on from it.
    fn entry(&mut self, kind: &'static str, mark: &str, most: usize) {
        let (title, body) = (self.heading(), self.sentences(1, most));
        self.line(&format!("{mark}{title}。{body}"));
        self.found(kind, mark, &title);
    }

    /// A table as it is flattened when a word processor saves text: a cell a line, behind a tab.
    fn table(&mut self) {
        let subject = self.chance.of(&SUBJECTS);
        let caption = format!("{subject}主要指标");
        let first = 2015 + 5 * self.chance.below(3);
        self.row(&[caption.as_str()]);
        self.found("table", "", &caption);
        let years = [format!("{first}年"), format!("{}年", first + 5)];
        self.row(&["类别", "序号", "指标", &years[0], &years[1], "属性"]);
        let rows = self.chance.between(3, 8);
        let begin = self.chance.below(INDICATORS.len());
        for row in 0..rows {
            let (name, unit) = INDICATORS[(begin + row) % INDICATORS.len()];
            let value = self.chance.between(20, 9_000);
            let target = value + self.chance.between(1, 2_000);
            let property = if self.chance.below(2) == 0 { "预期性" } else { "约束性" };
            let category = if row == 0 { "规模" } else { "" };
            let name = format!("{subject}{name}（{unit}）");
            self.row(&[category, &(row + 1).to_string(), &name, &value.to_string(), &target.to_string(), property]);
            self.found("row", "", "");
        }
        self.made.indicators += rows;
    }

    fn row(&mut self, cells: &[&str]) {
        for cell in cells {
            let _ = writeln!(self.made.text, "\t{cell}");
        }
        self.made.text.push('\n');
    }

    fn heading(&mut self) -> String {
        let (verb, subject, noun) = (self.chance.of(&VERBS), self.chance.of(&SUBJECTS), self.chance.of(&NOUNS));
        format!("{verb}{subject}{noun}")
    }

    fn place(&mut self) -> String {
        let (first, second) = (self.chance.of(&FIRST), self.chance.of(&SECOND));
        let rank = self.chance.of(&["市", "县", "区", "镇"]);
        format!("{first}{second}{rank}")
    }

    fn sentences(&mut self, least: usize, most: usize) -> String {
        let mut text = String::new();
        for _ in 0..self.chance.between(least, most) {
            for character in self.chance.of(&SENTENCES).chars() {
                match character {
                    'A' => text.push_str(self.chance.of(&SUBJECTS)),
                    'V' => text.push_str(self.chance.of(&VERBS)),
                    'N' => text.push_str(self.chance.of(&NOUNS)),
                    'P' => text.push_str(&self.place()),
                    'Y' => text.push_str(&(2020 + self.chance.below(16)).to_string()),
                    'D' => text.push_str(&self.chance.between(2, 980).to_string()),
                    ' ' => {}
                    other => text.push(other),
                }
            }
            text.push('。');
        }
        text
    }
}
