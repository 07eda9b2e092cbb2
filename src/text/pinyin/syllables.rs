//! The syllables of Putonghua without tones, and their initials: what letters can be a syllable at all.
//!
//! Takes letters, gives the lengths of the syllables that they may begin with. Interjections without a vowel (嗯 ng, 噷 hm) and readings
//! that only dialects have are left out: they would make pinyin of nearly any letters.

/// All syllables, ü as v, each in its row of the same first letter.
const SYLLABLES: [&str; 23] = [
    "a ai an ang ao",
    "ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bu",
    "ca cai can cang cao ce cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun \
     chuo ci cong cou cu cuan cui cun cuo",
    "da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo",
    "e ei en eng er",
    "fa fan fang fei fen feng fo fou fu",
    "ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo",
    "ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo",
    "ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun",
    "ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo",
    "la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lue lun luo lv lve",
    "ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu",
    "na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nue nuo nv nve",
    "o ou",
    "pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu",
    "qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun",
    "ran rang rao re ren reng ri rong rou ru ruan rui run ruo",
    "sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun \
     shuo si song sou su suan sui sun suo",
    "ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo",
    "wa wai wan wang wei wen weng wo wu",
    "xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun",
    "ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun",
    "za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang \
     zhui zhun zhuo zi zong zou zu zuan zui zun zuo",
];

/// The lengths of the syllables that the letters begin with.
pub(super) fn lengths(letters: &[u8]) -> impl Iterator<Item = usize> {
    let row = SYLLABLES.iter().find(|row| row.as_bytes().first() == letters.first()).copied().unwrap_or_default();
    row.split_ascii_whitespace().filter(|syllable| letters.starts_with(syllable.as_bytes())).map(str::len)
}

/// The lengths of the initials (with zh, ch, sh) that the letters begin with. No syllable begins with i, u or v.
pub(super) fn initial_lengths(letters: &[u8]) -> impl Iterator<Item = usize> {
    let begins = letters.first().is_some_and(|first| !matches!(first, b'i' | b'u' | b'v'));
    let has_two = matches!(letters, [b'z' | b'c' | b's', b'h', ..]);
    [(1, begins), (2, has_two)].into_iter().filter_map(|(length, possible)| possible.then_some(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_every_reading_of_a_character_is_a_syllable() {
        // Interjections and dialect aside; the list of those is short and none is added unseen.
        let strange = ["bong", "cei", "din", "fiao", "hm", "hng", "len", "m", "n", "ng", "nia", "nun", "rua", "tei", "wong", "ê"];
        for character in '\u{4E00}'..='\u{9FFF}' {
            for reading in super::super::readings(character) {
                let typed = reading.replace('ü', "v");
                let is_whole = lengths(typed.as_bytes()).any(|length| length == typed.len());
                assert!(is_whole || strange.contains(&typed.as_str()), "{character} {reading}");
                let with_u = reading.replace('ü', "u");
                assert!(!is_whole || lengths(with_u.as_bytes()).any(|length| length == with_u.len()), "{character} {with_u}");
            }
        }
    }

    #[test]
    fn no_syllable_stands_in_a_wrong_row() {
        for row in SYLLABLES {
            assert!(row.split_ascii_whitespace().all(|syllable| syllable.bytes().next() == row.bytes().next()), "{row}");
        }
    }
}
