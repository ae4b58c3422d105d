using System.Globalization;
using OmniIoT.Simulators.Api;
using OmniIoT.Simulators.Fleet;
using OmniIoT.Simulators.Physics;

namespace OmniIoT.Simulators.Shoppers;

/// <summary>How many people are in town.</summary>
public sealed record ShopperOptions(HostAddress Host, int Shoppers, TimeSpan? Duration, int Seed);

/// <summary>Shoppers in a town of venues with campaigns; a few of them consent to nothing.</summary>
public sealed class ShopperRunner(ShopperOptions options, TimeProvider time, TextWriter progress)
{
    private const int ConnectAtOnce = 32;
    private readonly Random _random = new(options.Seed);
    private readonly RunCounters _counters = new();

    /// <summary>Runs until the duration is over or cancelled.</summary>
    /// <exception cref="SimulationException">The host cannot be reached or refuses.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using OmniApi api = new(options.Host);
        await Town.PutAsync(api, cancellationToken);
        List<Shopper> shoppers = new();
        try
        {
            for (int index = 0; index < options.Shoppers; index++)
                shoppers.Add(await CreateAsync(api, index, cancellationToken));
            await Parallel.ForEachAsync(
                shoppers,
                new ParallelOptions { MaxDegreeOfParallelism = ConnectAtOnce, CancellationToken = cancellationToken },
                async (shopper, token) => await shopper.ConnectAsync(token)
            );
            progress.WriteLine($"{options.Shoppers} shoppers are in town.");
            await RunAsync(shoppers, cancellationToken);
        }
        finally
        {
            await Task.WhenAll(shoppers.Select(shopper => shopper.DisposeAsync().AsTask()));
        }
    }

    private async Task RunAsync(List<Shopper> shoppers, CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = options.Duration is { } duration
            ? new CancellationTokenSource(duration, time)
            : new CancellationTokenSource();
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
        try
        {
            await Together.RunAsync(
                shoppers
                    .Select(shopper => (Func<CancellationToken, Task>)shopper.RunAsync)
                    .Append(token => _counters.ReportAsync(progress, time, token)),
                ending.Token
            );
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            progress.WriteLine($"{_counters.Acknowledged:N0} messages acknowledged, {_counters.Offers:N0} offers received.");
        }
    }

    private async Task<Shopper> CreateAsync(OmniApi api, int index, CancellationToken cancellationToken)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"shopper-{index:D4}");
        await api.PutAsync(
            $"customers/{id}",
            People.Shopper(index, People.DaytimeZone(time.GetUtcNow()), offers: index % 7 != 6),
            cancellationToken
        );
        string token = await api.AppTokenAsync(id, cancellationToken);
        GeoPoint home = Town.EspressoBar.Center.Offset(_random.Between(-400, 400), _random.Between(-400, 400));
        return new Shopper(
            options.Host,
            api,
            new ShopperProfile(id, token, home, First: null),
            _counters,
            time,
            new Random(_random.Next())
        );
    }
}
