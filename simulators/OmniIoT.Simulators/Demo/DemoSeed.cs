using System.Text.Json.Nodes;
using OmniIoT.Simulators.Api;
using OmniIoT.Simulators.Fleet;
using OmniIoT.Simulators.Physics;
using OmniIoT.Simulators.Shoppers;

namespace OmniIoT.Simulators.Demo;

/// <summary>A product of the demonstration.</summary>
internal sealed record DemoDevice(string Id, string Name, string? CustomerId, string? SiteId, Func<Random, Product> Create);

/// <summary>What the demonstration needs to be there: models, the town, owners and their products.</summary>
internal static class DemoSeed
{
    public const string HotWasher = "washer-7";
    public const string HotOwner = "aysel";
    public const string BarMachine = "espresso-bar-1";
    public const double HotCelsius = 82;
    public const int ReportSeconds = 2;
    public const int Regulars = 5;

    // The rule asks for 30 s above 80: the washer has been hot for most of them when it comes within reach.
    public static readonly TimeSpan HotSince = TimeSpan.FromSeconds(25);

    // Nobody watches a demonstration for the two minutes that the sample gives the remedy.
    private const int RemedyWaitSeconds = 15;

    public static IReadOnlyList<DemoDevice> Devices { get; } =
    [
        new(HotWasher, "Washer 7", HotOwner, Town.Laundry.SiteId, random => new WashingMachine(random, bearingWear: 0.3)),
        new("washer-8", "Washer 8", "rashad", Town.Laundry.SiteId, random => new WashingMachine(random)),
        new(BarMachine, "Espresso at the bar", "leyla", Town.EspressoBar.SiteId, random => new EspressoMachine(random, scale: 0.2)),
        new(
            "cold-bakery-1",
            "Cold room of the bakery",
            "elvin",
            Town.Bakery.SiteId,
            random => new ColdStorage(random, sealWear: 0.4, ice: 0.3)
        ),
        new("press-3", "Press 3", "nigar", null, random => new IndustrialPress(random, bearingWear: 0.5)),
        new("scanner-mall-1", "Scanner of the mall", null, Town.Mall.SiteId, random => new SiteScanner(random)),
    ];

    public static async Task PutAsync(OmniApi api, CancellationToken cancellationToken)
    {
        foreach (string id in SampleModels.Ids)
            await api.PutAsync($"models/{id}", Hurried(SampleModels.Read(id)), cancellationToken);
        await Town.PutAsync(api, cancellationToken);
        List<string> owners = Devices.Select(device => device.CustomerId).OfType<string>().Distinct().ToList();
        for (int index = 0; index < owners.Count; index++)
            await api.PutAsync($"customers/{owners[index]}", People.Owner(index), cancellationToken);
        await DemoDesk.PutAsync(api, cancellationToken);
    }

    private static JsonObject Hurried(JsonObject model)
    {
        if ((string?)model["id"] != "washer-w2")
            return model;
        foreach (JsonNode? rule in model["rules"]!.AsArray())
        {
            if (rule!["remedy"] is JsonObject remedy)
                remedy["waitSeconds"] = RemedyWaitSeconds;
        }
        return model;
    }
}
