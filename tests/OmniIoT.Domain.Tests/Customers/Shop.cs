using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>A shop with a door of 50 m around 40.41, 49.86, a beacon at its shelf and what it offers to who comes in.</summary>
internal static class Shop
{
    public const string Beacon = "f7826da6-4fa2-4e98-8024-bc5b71e0893e:1:2";
    public const string Inside = """{"lat":40.41,"lon":49.86,"accuracy":8}""";
    public const string Outside = """{"lat":40.43,"lon":49.88,"accuracy":8}""";
    public const string Location = "customers/ann/location";
    public const string Sightings = "customers/ann/sightings";

    public static Campaign Week { get; } =
        new()
        {
            Id = "week",
            Name = "Week",
            FenceIds = ["door"],
            Trigger = CampaignTrigger.Enter,
            Content = new OfferContent(Words("Hello {{customer.name}}"), Words("Beans")),
            Expires = TimeSpan.FromHours(1),
        };

    public static Catalog Catalog(params Campaign[] campaigns) =>
        new()
        {
            Sites = new[] { new Site("shop", "Shop") }.ToImmutableDictionary(site => site.Id),
            Beacons = new[] { new Beacon(Beacon, "shop", "Shelf", null) }.ToFrozenDictionary(beacon => beacon.Id),
            Fences = FenceIndex.Build([new Fence("door", "shop", "Door", new Circle(new Position(40.41, 49.86), 50))]),
            Campaigns = campaigns.ToFrozenDictionary(campaign => campaign.Id),
        };

    /// <summary>Brings a message of the app; what is not understood is returned beside the effects.</summary>
    public static (List<Effect> Effects, Refusal? Refusal) Send(this CustomerBench bench, double atSeconds, string topic, string payload)
    {
        Refusal? refusal = null;
        List<Effect> effects = bench.Do(
            atSeconds,
            (grain, _) => refusal = grain.Handle(bench.Scope, Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(payload))
        );
        return (effects, refusal);
    }

    public static List<Effect> Allow(this CustomerBench bench, double atSeconds, bool location, bool offers = false) =>
        bench.Do(atSeconds, (grain, scope) => grain.Replace(scope, Data(new Consent(location, offers))));

    public static PutCustomerData Data(Consent consent, int? expectedVersion = null) =>
        new()
        {
            Name = "Ann",
            Locale = null,
            TimeZone = null,
            Tags = [],
            Consent = consent,
            Identities = [],
            ExpectedVersion = expectedVersion,
            Actor = "agent:bo",
        };

    private static Template Words(string source) => Template.Parse(source, TemplateNames.Offer).Value!;
}
