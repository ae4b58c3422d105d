using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using OmniIoT.Devices.Time;
using OmniIoT.Devices.Topics;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Simulators.Api;
using OmniIoT.Simulators.Fleet;
using OmniIoT.Simulators.Physics;

namespace OmniIoT.Simulators.Shoppers;

/// <summary>Who a shopper is.</summary>
/// <param name="Token">What the phone signs in with.</param>
/// <param name="First">Where the first walk leads; null for anywhere.</param>
public sealed record ShopperProfile(string CustomerId, string Token, GeoPoint Start, Venue? First);

/// <summary>
/// A customer with the shop's app in the pocket: walks through town past and into venues, the phone reports where it is
/// and which beacons it hears, offers arrive, some are redeemed.
/// </summary>
public sealed class Shopper : IAsyncDisposable
{
    private const double BeaconHearingMeters = 12;
    private const int TransmitPower = -59;
    private static readonly TimeSpan FixInterval = TimeSpan.FromSeconds(2);

    private readonly HostAddress _host;
    private readonly OmniApi _api;
    private readonly TimeProvider _time;
    private readonly RunCounters _counters;
    private readonly Random _random;
    private readonly GpsReceiver _gps;
    private readonly Walk _walk;
    private readonly MqttClient _client;
    private readonly Channel<JsonObject> _offers = Channel.CreateBounded<JsonObject>(64);
    private Venue? _next;

    public Shopper(HostAddress host, OmniApi api, ShopperProfile profile, RunCounters counters, TimeProvider time, Random random)
    {
        (_host, _api, CustomerId, _counters, _time, _random, _next) = (
            host,
            api,
            profile.CustomerId,
            counters,
            time,
            random,
            profile.First
        );
        _gps = new GpsReceiver(random);
        _walk = new Walk(profile.Start);
        _client = MqttSignIn.Create(
            host,
            $"phone-{CustomerId}",
            $"{PlatformTopics.CustomerPrefix}{CustomerId}",
            profile.Token,
            time,
            random
        );
        _client.MessageHandler = TakeAsync;
    }

    public string CustomerId { get; }

    /// <summary>How many of ten offers lead to the counter.</summary>
    public double RedeemShare { get; init; } = 0.4;

    public Task ConnectAsync(CancellationToken cancellationToken) =>
        MqttSignIn.ConnectAsync(
            _client,
            _host,
            [PlatformTopics.Offers(CustomerId), PlatformTopics.Messages(CustomerId)],
            cancellationToken
        );

    /// <summary>Walks until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Together.RunAsync([WalkAsync, RedeemAsync], cancellationToken);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task WalkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (_walk.IsDone)
                ChooseWay();
            _walk.Advance(FixInterval);
            (GeoPoint fix, double accuracy) = _gps.Measure(_walk.Position, FixInterval);
            await PublishAsync("location", Location(fix, accuracy), cancellationToken);
            foreach (
                Venue? venue in Town.Venues.Where(venue =>
                    venue.BeaconId is not null && _walk.Position.MetersTo(venue.Center) < BeaconHearingMeters
                )
            )
                await PublishAsync("sightings", Sighting(venue), cancellationToken);
            await Task.Delay(FixInterval, _time, cancellationToken);
        }
    }

    /// <summary>Two of three walks lead into a venue, the others along the street past it.</summary>
    private void ChooseWay()
    {
        Venue venue = _next ?? Town.Venues[_random.Next(Town.Venues.Count)];
        bool goesIn = _next is not null || _random.NextDouble() < 0.66;
        _next = null;
        double aside = goesIn ? venue.RadiusMeters * 0.1 : venue.RadiusMeters + _random.Between(5, 40);
        double angle = _random.Between(0, 2 * Math.PI);
        _walk.GoTo(
            venue.Center.Offset(aside * Math.Sin(angle), aside * Math.Cos(angle)),
            TimeSpan.FromSeconds(goesIn ? _random.Between(60, 240) : 5)
        );
    }

    private string Now => Instant.FromTime(_time.GetUtcNow()).ToString();

    private JsonObject Location(GeoPoint fix, double accuracyMeters) =>
        new()
        {
            ["ts"] = Now,
            ["lat"] = Math.Round(fix.LatitudeDegrees, 7),
            ["lon"] = Math.Round(fix.LongitudeDegrees, 7),
            ["accuracy"] = accuracyMeters,
        };

    /// <summary>Free-space loss from one metre on, and a body or a shelf in between.</summary>
    private JsonObject Sighting(Venue venue)
    {
        double meters = Math.Max(0.5, _walk.Position.MetersTo(venue.Center));
        return new()
        {
            ["ts"] = Now,
            ["beacon"] = venue.BeaconId,
            ["rssi"] = (int)Math.Clamp(TransmitPower - (20 * Math.Log10(meters)) + _random.Noise(3), -100, -30),
            ["txPower"] = TransmitPower,
        };
    }

    private async ValueTask TakeAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        if (!message.Topic.EndsWith("/offers", StringComparison.Ordinal) || JsonNode.Parse(message.Payload.Span) is not JsonObject offer)
            return;
        _counters.CountOffer();
        await _offers.Writer.WriteAsync(offer, cancellationToken);
    }

    private async Task RedeemAsync(CancellationToken cancellationToken)
    {
        await foreach (JsonObject offer in _offers.Reader.ReadAllAsync(cancellationToken))
        {
            if (_random.NextDouble() >= RedeemShare)
                continue;
            await Task.Delay(TimeSpan.FromSeconds(_random.Between(20, 60)), _time, cancellationToken);
            try
            {
                await _api.PostAsync(
                    $"offers/{(string?)offer["id"]}/redeem",
                    new() { ["code"] = (string?)offer["code"], ["siteId"] = (string?)offer["siteId"] },
                    cancellationToken
                );
                _counters.CountRedeemed();
            }
            catch (SimulationException)
            {
                // Expired meanwhile: the till says no and life goes on.
            }
        }
    }

    private async Task PublishAsync(string topic, JsonObject body, CancellationToken cancellationToken)
    {
        ReasonCode reason = await _client.PublishAsync(
            PlatformTopics.Root($"{PlatformTopics.CustomerPrefix}{CustomerId}") + topic,
            Encoding.UTF8.GetBytes(body.ToJsonString()),
            QualityOfService.AtLeastOnce,
            cancellationToken: cancellationToken
        );
        _counters.CountAcknowledged(reason.IsFailure());
    }
}
