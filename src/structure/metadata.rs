//! Metadata: what the head of a document says of it, by the rules of the genre (GB/T 9704-2012 §7.2–7.3).
//!
//! Takes the lines, where the front matter and the closing stand, and what the file says beside its text (which fills gaps); gives [`Metadata`] and the stable name of the document.

use crate::document::locator::DocumentId;
use crate::document::metadata::{Date, Metadata, Source};
use crate::extract::Hints;

use super::front::Front;
use super::head::{self, DocumentNumber};
use super::line::{Line, compact};
use super::{issuer, region, validity};

/// Where in a document its head and its end stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'stage, 'raw> {
    pub(super) lines: &'stage [Line<'raw>],
    pub(super) front: &'stage Front,
    /// For each line whether it belongs to a closing.
    pub(super) closing: &'stage [bool],
}

/// Reads the metadata.
pub(super) fn read(places: Places<'_, '_>, hints: &Hints, source: &Source) -> (Metadata, DocumentId) {
    let written = title(places.lines.get(places.front.title.clone()).unwrap_or_default());
    let letter = whole_title(&written, hints.title.as_deref());
    let attached = places.front.attached.clone().map(|lines| title(places.lines.get(lines).unwrap_or_default()));
    let stem = source.file.rsplit_once('.').map_or(source.file.as_str(), |(stem, _)| stem);
    let number = places.number(hints);
    let issuer = places.issuer(&letter).or_else(|| hints.issuer.clone());
    let name = attached.unwrap_or_else(|| letter.clone());
    let region = region::find(issuer.as_deref(), number.as_ref().map(|number| number.agency.as_str()), &name);
    let date = places.date().or_else(|| hinted_date(hints.date.as_deref()?));
    let published = validity::published(places.head()).or(date);
    let body = places.lines.get(places.front.end..).unwrap_or_default();
    let id = DocumentId::new(&number.as_ref().map_or_else(|| stem.to_owned(), id));
    let metadata = Metadata {
        genre: head::genre(if name.is_empty() { stem } else { &name }).map(str::to_owned),
        title: if name.is_empty() { stem.to_owned() } else { name },
        date,
        effective: validity::effective(body, published).or_else(|| validity::effective(places.head(), published)),
        amended: validity::amended(places.head()),
        validity: validity::stated(places.lines),
        addressee: places.head().iter().find_map(|line| head::addressee(line.text)).map(str::to_owned),
        document_number: number.map(|number| number.written),
        issuer,
        region,
    };
    (metadata, id)
}

/// The title that the file has, where that of the text is a piece of it (a line of several) or none at all (the text of a page may
/// begin after the title).
fn whole_title(written: &str, hinted: Option<&str>) -> String {
    let is_whole = |hinted: &&str| compact(hinted).contains(&compact(written)) || !head::ends_title(written);
    hinted.filter(is_whole).unwrap_or(written).to_owned()
}

/// 2019年01月24日 or 2019-01-24.
fn hinted_date(written: &str) -> Option<Date> {
    let day = written.split_whitespace().next()?;
    head::first_date(day).or_else(|| Date::try_from(day.replace('/', "-")).ok())
}

/// 湘政办发-2021-57, 国令-707.
pub(super) fn id(number: &DocumentNumber) -> String {
    match number.year {
        Some(year) => format!("{}-{year}-{}", number.agency, number.serial),
        None => format!("{}-{}", number.agency, number.serial),
    }
}

/// Broken lines rejoined; white space between Chinese characters is only there to spread them (国 务 院 工 作 规 则).
fn title(lines: &[Line<'_>]) -> String {
    let joined = lines.iter().map(|line| line.text).collect::<Vec<_>>().join(" ");
    let mut title = String::with_capacity(joined.len());
    let mut words = joined.split_whitespace();
    title.push_str(words.next().unwrap_or_default());
    for word in words {
        let latin = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
        if latin(title.chars().last()) && latin(word.chars().next()) {
            title.push(' ');
        }
        title.push_str(word);
    }
    match title.strip_prefix('《').and_then(|inner| inner.strip_suffix('》')) {
        Some(inner) if !inner.contains('《') => inner.to_owned(),
        _ => title,
    }
}

impl<'stage, 'raw> Places<'stage, 'raw> {
    fn head(self) -> &'stage [Line<'raw>] {
        self.lines.get(..self.front.end).unwrap_or_default()
    }

    fn closings(self) -> impl Iterator<Item = &'stage Line<'raw>> {
        self.lines.iter().zip(self.closing).filter(|(_, closing)| **closing).map(|(line, _)| line)
    }

    /// The first 发文字号; an order has it on two lines (中华人民共和国国务院令 ⏎ 第707号).
    /// 发文字号 as a line of the head, else as the file has it, else put together from the lines of an order (国务院令 ⏎ 第707号).
    fn number(self, hints: &Hints) -> Option<DocumentNumber> {
        let head = self.head();
        let hinted = || head::document_number(hints.document_number.as_deref()?);
        head.iter().find_map(|line| head::document_number(line.text)).or_else(hinted).or_else(|| {
            let order = head.iter().zip(head.iter().skip(1)).find(|(order, _)| compact(order.text).ends_with('令'));
            order.and_then(|(order, number)| head::document_number(&format!("{}{}", order.text, number.text)))
        })
    }

    /// 成文日期: the date of the letter, else of the closing, else what a web page says, else the day of adoption.
    fn date(self) -> Option<Date> {
        let head = self.head();
        let letter = self
            .front
            .attached
            .as_ref()
            .map_or(&[][..], |attached| self.lines.get(self.front.title.end..attached.start).unwrap_or_default());
        let named = head.iter().zip(head.iter().skip(1)).find(|(name, _)| compact(name.text).starts_with("成文日期"));
        let last = |lines: &[Line<'_>]| lines.iter().rev().find_map(|line| head::date_line(line.text));
        last(letter)
            .or_else(|| self.closings().find_map(|line| head::date_line(line.text)))
            .or_else(|| named.and_then(|(_, date)| head::date_line(date.text)))
            .or_else(|| head.iter().filter(|line| head::adoption(line.text)).find_map(|line| head::first_date(line.text)))
            .or_else(|| head.iter().filter(|line| head::note(line.text)).find_map(|line| head::first_date(line.text)))
            .or_else(|| last(head))
    }

    /// 发文机关: before 关于 in the title, else on the red head, else in the signature, else who adopted the law.
    fn issuer(self, letter: &str) -> Option<String> {
        const VERBS: [&str; 4] = ["关于", "转发", "批转", "印发"];
        if let Some(joint) = issuer::joint(self.lines.get(self.front.title.clone()).unwrap_or_default(), &VERBS) {
            return Some(joint);
        }
        let verb = VERBS.iter().filter_map(|verb| letter.find(verb)).min();
        let titled = verb.and_then(|at| letter.get(..at)).and_then(|before| before.split('对').next()).map(str::to_owned);
        let red_head = || self.head().iter().find_map(|line| compact(line.text).strip_suffix("文件").map(str::to_owned));
        let plain = |issuer: &String| !issuer.is_empty() && issuer.chars().count() <= 60 && !issuer.contains(['《', '“', '关']);
        titled
            .filter(plain)
            .or_else(|| red_head().filter(plain))
            .or_else(|| self.order())
            .or_else(|| self.organ())
            .or_else(|| self.signature())
            .or_else(|| self.adopted())
    }

    /// A line before the title that names an organ: 济南市工业和信息化局.
    fn organ(self) -> Option<String> {
        const ORGANS: [&str; 9] = ["人民政府", "办公厅", "办公室", "委员会", "局", "厅", "省委", "市委", "国务院"];
        let before = self.lines.get(..self.front.title.start).unwrap_or_default();
        let mut names = before.iter().map(|line| compact(line.text));
        names.find(|name| ORGANS.iter().any(|organ| name.ends_with(organ)) && name.chars().count() <= 30)
    }

    /// 中华人民共和国国务院令第707号 → 中华人民共和国国务院.
    fn order(self) -> Option<String> {
        let orders = self.head().iter().map(|line| compact(line.text));
        let orders = orders.map(|line| head::document_number(&line).map_or(line, |number| number.agency));
        let mut orders = orders.filter_map(|line| line.strip_suffix('令').map(str::to_owned));
        orders.find(|issuer| issuer.chars().count() > 2)
    }

    /// The lines right above the date.
    fn signature(self) -> Option<String> {
        let letter = self.front.attached.as_ref().and_then(|attached| self.lines.get(self.front.title.end..attached.start));
        let letter = letter.and_then(|letter| issuer::signed(&letter.iter().collect::<Vec<_>>()));
        letter.or_else(|| issuer::signed(&self.closings().collect::<Vec<_>>()))
    }

    /// 第十三届全国人民代表大会第二次会议通过 → 全国人民代表大会, 某省第十届人民代表大会常务委员会第五次会议 → 某省人民代表大会常务委员会.
    fn adopted(self) -> Option<String> {
        // 2026年1月31日在某省第十四届人民代表大会第四次会议上: a report was made there, nothing adopted.
        let adopts = |line: &&Line<'_>| head::adoption(line.text) && !line.text.trim_end_matches(['）', ')']).ends_with('上');
        let mut lines = self.head().iter().filter(adopts).map(|line| compact(line.text));
        lines.find_map(|line| {
            let (_, after_date) = line.split_once('日')?;
            let (session, rest) = after_date.split_once('届')?;
            let (place, _) = session.rsplit_once('第')?;
            let (body, _) = rest.split_once('第')?;
            Some(format!("{place}{body}")).filter(|issuer| issuer.contains("人民代表大会") && issuer.chars().count() <= 30)
        })
    }
}
