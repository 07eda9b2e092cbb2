//! How much a file may be, hold and take before it is refused: against files made to fill a disk, a memory or a day.
//!
//! The usual limits are far above what honest documents need. A library may set its own in `celan.toml`, each by the name and within the
//! range of its row in [`LIMITS`]; the top of a range is what the readers have been built for. Bounds that no honest document of
//! any size comes near (characters of a name, merged regions of a sheet) stand with the readers and cannot be set.

use serde::{Deserialize, Serialize};

/// How much a file may be, hold and take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// MiB of a file.
    pub file: u64,
    /// MiB of one expanded part of a container.
    pub part: u64,
    /// MiB of all parts of a container that are read.
    pub expanded: u64,
    /// Expanded bytes for each packed byte of a part larger than a MiB.
    pub ratio: u64,
    /// Entries of a container.
    pub entries: u64,
    /// XML elements within each other.
    pub xml_nesting: u64,
    /// Elements of a web page within each other.
    pub page_nesting: u64,
    /// Pages of a PDF or OFD file.
    pub pages: u64,
    /// Cells of all tables of a file.
    pub cells: u64,
    /// Seconds for reading a file.
    pub seconds: u64,
    /// Seconds more for each MiB of it.
    pub seconds_per_mebibyte: u64,
    /// MiB of memory (address space) for reading a file.
    pub memory: u64,
}

impl Limits {
    /// What holds where a library says nothing else. A text of 10 MB, longer than any law, takes 70 MB (180 MB of address space) and,
    /// unoptimised, a second; a book of a thousand pages has a part of 20 MB with a million elements; a yearbook two thousand pages
    /// and some hundred thousand cells; XML of long tables is packed to a some-hundredth.
    pub const USUAL: Self = Self {
        file: 1024,
        part: 64,
        expanded: 160,
        ratio: 500,
        entries: 10_000,
        xml_nesting: 256,
        page_nesting: 512,
        pages: 10_000,
        cells: 1_000_000,
        seconds: 60,
        seconds_per_mebibyte: 1,
        memory: 2048,
    };

    /// The limit of this name.
    #[must_use]
    pub fn row(name: &str) -> Option<&'static Limit> {
        const ROWS: &[Limit] = &LIMITS;
        ROWS.iter().find(|limit| limit.name == name)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::USUAL
    }
}

/// A limit that can be set.
#[derive(Debug)]
pub struct Limit {
    /// Its name in `[limits]` of `celan.toml`; the unit, where there is one, is its last word.
    pub name: &'static str,
    /// The least that may be set.
    pub least: u64,
    /// The most that may be set.
    pub most: u64,
    /// What it bounds, in Chinese.
    pub chinese: &'static str,
    /// What it bounds, in English.
    pub english: &'static str,
    /// Where its value is.
    pub value: fn(&mut Limits) -> &mut u64,
}

/// The limits that can be set, in the order in which a file meets them.
pub const LIMITS: [Limit; 12] = [
    Limit {
        name: "file_mib",
        least: 1,
        most: 4096,
        chinese: "文件大小（MiB）",
        english: "size of a file in MiB",
        value: |limits| &mut limits.file,
    },
    Limit {
        name: "memory_mib",
        least: 256,
        most: 65_536,
        chinese: "读取一个文件所用内存（MiB）",
        english: "memory for reading a file in MiB",
        value: |limits| &mut limits.memory,
    },
    Limit {
        name: "seconds",
        least: 1,
        most: 3600,
        chinese: "读取一个文件的时间（秒）",
        english: "seconds for reading a file",
        value: |limits| &mut limits.seconds,
    },
    Limit {
        name: "seconds_per_mib",
        least: 0,
        most: 600,
        chinese: "每 MiB 另加的时间（秒）",
        english: "seconds more for each MiB of it",
        value: |limits| &mut limits.seconds_per_mebibyte,
    },
    Limit {
        name: "entries",
        least: 10,
        most: 1_000_000,
        chinese: "容器（DOCX、OFD、XLSX、ODS）的条目数",
        english: "entries of a container (DOCX, OFD, XLSX, ODS)",
        value: |limits| &mut limits.entries,
    },
    Limit {
        name: "part_mib",
        least: 1,
        most: 1024,
        chinese: "容器中一个部件展开后的大小（MiB）",
        english: "size of one expanded part of a container in MiB",
        value: |limits| &mut limits.part,
    },
    Limit {
        name: "expanded_mib",
        least: 1,
        most: 4096,
        chinese: "容器中读取的全部部件展开后的大小（MiB）",
        english: "size of all expanded parts that are read in MiB",
        value: |limits| &mut limits.expanded,
    },
    Limit {
        name: "ratio",
        least: 10,
        most: 2000,
        chinese: "部件展开后与压缩时大小之比",
        english: "expanded bytes of a part for each packed byte",
        value: |limits| &mut limits.ratio,
    },
    Limit {
        name: "xml_nesting",
        least: 16,
        most: 512,
        chinese: "XML 元素的嵌套层数",
        english: "XML elements within each other",
        value: |limits| &mut limits.xml_nesting,
    },
    Limit {
        name: "page_nesting",
        least: 16,
        most: 1024,
        chinese: "网页元素的嵌套层数",
        english: "elements of a web page within each other",
        value: |limits| &mut limits.page_nesting,
    },
    Limit {
        name: "pages",
        least: 1,
        most: 100_000,
        chinese: "PDF、OFD 的页数",
        english: "pages of a PDF or OFD file",
        value: |limits| &mut limits.pages,
    },
    Limit {
        name: "cells",
        least: 100,
        most: 20_000_000,
        chinese: "全部表格的单元格数",
        english: "cells of all tables of a file",
        value: |limits| &mut limits.cells,
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_usual_limits_lie_within_what_may_be_set_and_every_row_has_a_value_of_its_own() {
        let mut limits = Limits::USUAL;
        for limit in &LIMITS {
            assert!((limit.least..=limit.most).contains((limit.value)(&mut limits)), "{}", limit.name);
        }
        for (number, limit) in LIMITS.iter().enumerate() {
            *(limit.value)(&mut limits) = number as u64;
        }
        let written = serde_json::to_value(limits).unwrap();
        let values: BTreeSet<u64> = written.as_object().unwrap().values().filter_map(serde_json::Value::as_u64).collect();
        assert_eq!(values, (0..LIMITS.len() as u64).collect());
        assert_eq!(serde_json::from_value::<Limits>(written).unwrap(), limits);
    }
}
