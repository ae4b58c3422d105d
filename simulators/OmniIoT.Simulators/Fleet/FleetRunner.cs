using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.Simulators.Api;
using OmniIoT.Simulators.Physics;
using OmniIoT.Simulators.Shoppers;

namespace OmniIoT.Simulators.Fleet;

/// <summary>How large a fleet is and how often it reports.</summary>
public sealed record FleetOptions(HostAddress Host, int Devices, TimeSpan ReportInterval, TimeSpan? Duration, int Seed);

/// <summary>A mixed fleet of products, some of them worn, each with an owner.</summary>
public sealed class FleetRunner(FleetOptions options, TimeProvider time, TextWriter progress)
{
    private readonly Random _random = new(options.Seed);
    private readonly RunCounters _counters = new();

    /// <summary>Runs until the duration is over or cancelled.</summary>
    /// <exception cref="SimulationException">The host cannot be reached or refuses.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using OmniApi api = new(options.Host);
        await SampleModels.PutAllAsync(api, cancellationToken);
        await using DeviceGroup fleet = new DeviceGroup();
        for (int index = 0; index < options.Devices; index++)
            fleet.Add(await CreateAsync(api, index, cancellationToken));
        progress.WriteLine($"{options.Devices} devices are registered.");
        await fleet.ConnectAsync(cancellationToken);
        progress.WriteLine($"{options.Devices} devices are connected.");
        using CancellationTokenSource end = options.Duration is { } duration
            ? new CancellationTokenSource(duration, time)
            : new CancellationTokenSource();
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
        try
        {
            await Together.RunAsync([fleet.RunAsync, token => _counters.ReportAsync(progress, time, token)], ending.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            progress.WriteLine($"{_counters.Acknowledged:N0} messages acknowledged.");
        }
    }

    private async Task<SimulatedDevice> CreateAsync(OmniApi api, int index, CancellationToken cancellationToken)
    {
        Product product = Create(index, new Random(_random.Next()));
        product.Apply(new JsonObject { ["reportSeconds"] = options.ReportInterval.TotalSeconds });
        string customer = string.Create(CultureInfo.InvariantCulture, $"owner-{index / 5:D4}");
        if (index % 5 == 0)
            await api.PutAsync($"customers/{customer}", People.Owner(index / 5), cancellationToken);
        string id = string.Create(CultureInfo.InvariantCulture, $"sim-{product.Model}-{index:D4}");
        string secret = await api.RegisterDeviceAsync(
            id,
            new()
            {
                ["model"] = product.Model,
                ["customerId"] = customer,
                ["name"] = $"{product.Model} {index}",
            },
            cancellationToken
        );
        return new SimulatedDevice(options.Host, id, secret, product, _counters, time, _random);
    }

    // A tenth of the fleet is near the end of a part's life, so that a run of minutes shows failures too.
    private static Product Create(int index, Random random)
    {
        double wear = random.NextDouble() < 0.1 ? random.Between(0.8, 0.97) : random.Between(0, 0.5);
        return (index % 5) switch
        {
            0 => new WashingMachine(random, wear),
            1 => new EspressoMachine(random, wear),
            2 => new ColdStorage(random, wear, ice: wear * 0.8),
            3 => new IndustrialPress(random, wear),
            _ => new SiteScanner(random, diskPercent: 20 + (75 * wear)),
        };
    }
}
