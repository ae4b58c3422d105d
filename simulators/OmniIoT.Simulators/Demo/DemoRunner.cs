using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.Simulators.Api;
using OmniIoT.Simulators.Channels;
using OmniIoT.Simulators.Fleet;
using OmniIoT.Simulators.Physics;
using OmniIoT.Simulators.Shoppers;

namespace OmniIoT.Simulators.Demo;

/// <summary>
/// The demonstration: a small town of products and shoppers against a running host, by REST and MQTT like everybody
/// else. A washer runs hot: within a minute its alarm is raised, the remedy fails, a case opens and its owner asks in the web
/// chat. A press vibrates as it never did, far below its limit, and a case opens. A visitor walks into the espresso bar and gets an offer.
/// A customer writes by mail, WhatsApp and SMS, and calls. Then life goes on, until cancelled.
/// </summary>
public sealed class DemoRunner
{
    private static readonly TimeSpan GrinderJams = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan TechnicianLooks = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ChannelsPause = TimeSpan.FromSeconds(15);

    private readonly HostAddress _host;
    private readonly Uri? _publicUrl;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly RunCounters _counters = new();

    private DemoRunner(DemoOptions options, TimeProvider time)
    {
        (_time, _random, _publicUrl) = (time, new Random(options.Seed), options.PublicUrl);
        _host = new HostAddress(options.HttpBase.Host, options.MqttPort, options.HttpBase, options.ApiKey);
    }

    /// <summary>Seeds the host and runs until cancelled. Can be run again on the same host: what is there is taken as it is.</summary>
    /// <exception cref="SimulationException">The host cannot be reached or refuses.</exception>
    public static Task RunAsync(DemoOptions options, CancellationToken cancellationToken) =>
        RunAsync(options, TimeProvider.System, cancellationToken);

    /// <inheritdoc cref="RunAsync(DemoOptions, CancellationToken)"/>
    public static Task RunAsync(DemoOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        new DemoRunner(options, time).RunAsync(cancellationToken);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using OmniApi api = new(_host);
        await DemoSeed.PutAsync(api, cancellationToken);
        await using DeviceGroup fleet = new DeviceGroup();
        Dictionary<string, SimulatedDevice> devices = new();
        foreach (DemoDevice entry in DemoSeed.Devices)
        {
            SimulatedDevice device = await CreateAsync(api, entry, cancellationToken);
            devices.Add(entry.Id, device);
            fleet.Add(device);
        }
        await fleet.ConnectAsync(cancellationToken);
        SimulatedDevice hot = devices[DemoSeed.HotWasher];
        hot.Product.Apply(new JsonObject { ["reportSeconds"] = 1 });
        ((WashingMachine)hot.Product).WeldHeater(DemoSeed.HotCelsius);
        await hot.SendBacklogAsync(DemoSeed.HotSince, cancellationToken);
        await CrackBearingAsync(devices[DemoSeed.WornPress], cancellationToken);
        await RunWithShoppersAsync(api, fleet, devices, cancellationToken);
    }

    /// <summary>
    /// A press that was out of reach for some hours, in which a race of its bearing broke: nothing is above any limit, and yet it is
    /// noticed.
    /// </summary>
    private static async Task CrackBearingAsync(SimulatedDevice press, CancellationToken cancellationToken)
    {
        TimeSpan step = TimeSpan.FromSeconds(DemoSeed.ReportSeconds);
        await press.SendBacklogAsync(DemoSeed.PressSince, DemoSeed.CrackedSince, step, cancellationToken);
        ((IndustrialPress)press.Product).CrackBearing();
        await press.SendBacklogAsync(DemoSeed.CrackedSince, TimeSpan.Zero, step, cancellationToken);
    }

    private async Task RunWithShoppersAsync(
        OmniApi api,
        DeviceGroup fleet,
        Dictionary<string, SimulatedDevice> devices,
        CancellationToken cancellationToken
    )
    {
        List<Shopper> shoppers = new();
        try
        {
            shoppers.Add(await CreateVisitorAsync(api, cancellationToken));
            for (int index = 0; index < DemoSeed.Regulars; index++)
                shoppers.Add(await CreateRegularAsync(api, index, cancellationToken));
            foreach (Shopper shopper in shoppers)
                await shopper.ConnectAsync(cancellationToken);
            await Together.RunAsync(
                shoppers
                    .Select(shopper => (Func<CancellationToken, Task>)shopper.RunAsync)
                    .Append(fleet.RunAsync)
                    .Append(Channels.RunAsync)
                    .Append(token => JamGrinderAsync(devices[DemoSeed.BarMachine], token))
                    .Append(token => RepairAsync(api, devices[DemoSeed.HotWasher], token))
                    .Append(token => new WorriedOwner(_host, api, _time).RunAsync(DemoSeed.HotOwner, DemoSeed.HotWasher, token)),
                cancellationToken
            );
        }
        finally
        {
            await Task.WhenAll(shoppers.Select(shopper => shopper.DisposeAsync().AsTask()));
        }
    }

    /// <summary>What agents answer is taken, and told nobody: the console shows that it was sent.</summary>
    private ChannelsRunner Channels => new(new ChannelsOptions(_host, _publicUrl, ChannelsPause), _time, static _ => { });

    private async Task<SimulatedDevice> CreateAsync(OmniApi api, DemoDevice entry, CancellationToken cancellationToken)
    {
        Product product = entry.Create(new Random(_random.Next()));
        product.Apply(new JsonObject { ["reportSeconds"] = DemoSeed.ReportSeconds });
        string secret = await api.RegisterDeviceAsync(
            entry.Id,
            new()
            {
                ["model"] = product.Model,
                ["customerId"] = entry.CustomerId,
                ["siteId"] = entry.SiteId,
                ["name"] = entry.Name,
            },
            cancellationToken
        );
        return new SimulatedDevice(_host, entry.Id, secret, product, _counters, _time, _random);
    }

    /// <summary>
    /// Somebody new at every start, so that no cap of an earlier one holds back their offer: comes round the corner,
    /// some metres from the bar's fence, and walks in.
    /// </summary>
    private Task<Shopper> CreateVisitorAsync(OmniApi api, CancellationToken cancellationToken)
    {
        GeoPoint start = Town.EspressoBar.Center.Offset(Town.EspressoBar.RadiusMeters + 15, 0);
        string id = string.Create(CultureInfo.InvariantCulture, $"visitor-{_time.GetUtcNow().ToUnixTimeSeconds()}");
        return CreateShopperAsync(api, id, People.Shopper(7, Daytime, offers: true), start, Town.EspressoBar, cancellationToken);
    }

    private Task<Shopper> CreateRegularAsync(OmniApi api, int index, CancellationToken cancellationToken)
    {
        GeoPoint start = Town.EspressoBar.Center.Offset(_random.Between(-300, 300), _random.Between(-300, 300));
        string id = string.Create(CultureInfo.InvariantCulture, $"shopper-{index:D4}");
        return CreateShopperAsync(api, id, People.Shopper(index, Daytime, offers: index != 4), start, null, cancellationToken);
    }

    private async Task<Shopper> CreateShopperAsync(
        OmniApi api,
        string id,
        JsonObject customer,
        GeoPoint start,
        Venue? first,
        CancellationToken cancellationToken
    )
    {
        await api.PutAsync($"customers/{id}", customer, cancellationToken);
        string token = await api.AppTokenAsync(id, cancellationToken);
        return new Shopper(_host, api, new ShopperProfile(id, token, start, first), _counters, _time, new Random(_random.Next()))
        {
            RedeemShare = first is null ? 0.4 : 1,
        };
    }

    private string Daytime => People.DaytimeZone(_time.GetUtcNow());

    private async Task JamGrinderAsync(SimulatedDevice machine, CancellationToken cancellationToken)
    {
        await Task.Delay(GrinderJams, _time, cancellationToken);
        await machine.ChangeAsync(product => ((EspressoMachine)product).JamGrinder(), cancellationToken);
    }

    /// <summary>Once a person has resolved the washer's case, the technician has been there: the relay is new.</summary>
    private async Task RepairAsync(OmniApi api, SimulatedDevice washer, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(TechnicianLooks, _time);
        bool wasOpen = false;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            IReadOnlyList<JsonNode> cases = await api.ListAsync($"cases?deviceId={washer.Id}", cancellationToken);
            bool isOpen = cases.Any(item => (string?)item["status"] is "open" or "pending");
            if (wasOpen && !isOpen)
                await washer.ChangeAsync(product => ((WashingMachine)product).Repair(), cancellationToken);
            wasOpen = isOpen;
        }
    }
}
