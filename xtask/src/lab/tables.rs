//! Tables of places (MaxMind DB 2.0), as an operator has them from a maker of such tables: cities of addresses, systems of networks.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use mmdb_writer::Writer;
use mmdb_writer::ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::Place as Lab;
use super::world::Worlds;

/// Their folder in the scratch room.
pub(super) const FOLDER: &str = "tables";

/// When the tables were built, 2026-11-01, in seconds since 1970: the same lab makes the same tables.
const BUILT: u64 = 1_793_491_200;

/// Where an address is, by a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    /// ISO 3166-1 alpha-2.
    country: String,
    region: Option<String>,
    city: Option<String>,
    /// Degrees north.
    latitude: f64,
    /// Degrees east.
    longitude: f64,
    /// How far off the place may be, in kilometres.
    radius: Option<u16>,
}

/// Writes the tables.
pub(super) fn furnish(lab: &Lab, worlds: &Worlds) -> anyhow::Result<()> {
    let mut cities = table("Lab-City");
    for address in &worlds.reverse {
        if let Some(place) = &address.place {
            cities.insert(IpNet::from(address.ip), &city(place))?;
        }
    }
    let mut systems = table("Lab-ASN");
    // The smaller a block, the later: later entries win.
    let mut networks: Vec<_> = worlds.networks.iter().collect();
    networks.sort_by_key(|network| network.range.length);
    for network in networks {
        let Some(number) = network.system else { continue };
        let entry =
            System { autonomous_system_number: number, autonomous_system_organization: &network.holder };
        systems.insert(IpNet::new(network.range.first, network.range.length)?, &entry)?;
    }
    lab.write(&format!("{FOLDER}/lab-asn.mmdb"), systems.to_bytes()?)?;
    lab.write(&format!("{FOLDER}/lab-city.mmdb"), cities.to_bytes()?)?;
    Ok(())
}

fn table(kind: &str) -> Writer {
    let built = SystemTime::UNIX_EPOCH + Duration::from_secs(BUILT);
    Writer::builder(kind).build_epoch(built).build()
}

/// An entry of a table of systems, shaped as GeoLite2's are.
#[derive(Serialize)]
struct System<'w> {
    autonomous_system_number: u32,
    autonomous_system_organization: &'w str,
}

/// An entry of a table of cities, shaped as GeoLite2's and DB-IP's are.
#[derive(Serialize)]
struct City<'w> {
    country: Country<'w>,
    subdivisions: Vec<Named<'w>>,
    city: Option<Named<'w>>,
    location: Location,
}

#[derive(Serialize)]
struct Country<'w> {
    iso_code: &'w str,
}

#[derive(Serialize)]
struct Named<'w> {
    names: BTreeMap<&'static str, &'w str>,
}

impl<'w> Named<'w> {
    fn in_english(name: &'w str) -> Self {
        Self { names: BTreeMap::from([("en", name)]) }
    }
}

#[derive(Serialize)]
struct Location {
    latitude: f64,
    longitude: f64,
    accuracy_radius: Option<u16>,
}

fn city(place: &Place) -> City<'_> {
    City {
        country: Country { iso_code: &place.country },
        subdivisions: place.region.as_deref().map(Named::in_english).into_iter().collect(),
        city: place.city.as_deref().map(Named::in_english),
        location: Location {
            latitude: place.latitude,
            longitude: place.longitude,
            accuracy_radius: place.radius,
        },
    }
}
