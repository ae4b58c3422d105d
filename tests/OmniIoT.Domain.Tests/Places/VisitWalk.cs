using System.Globalization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests.Places;

/// <summary>One customer's way past a fence, told in seconds from a start and metres from the centre.</summary>
internal sealed class VisitWalk
{
    public static readonly Instant Start = new(1_763_800_000_000);
    private static readonly Position Center = new(40.4, 49.8);

    private readonly VisitTracker _tracker = new(new VisitSettings());
    private readonly DwellThresholds _dwells;

    public VisitWalk(params Fence[] fences)
        : this(fences, []) { }

    public VisitWalk(Fence fence, int[] dwellMinutes)
        : this([fence], dwellMinutes) { }

    private VisitWalk(Fence[] fences, int[] dwellMinutes)
    {
        Fences = FenceIndex.Build(fences);
        Fence = fences.FirstOrDefault()!;
        _dwells = DwellThresholds.From(
            dwellMinutes.Select(minutes => new Campaign
            {
                Id = "c",
                Name = "c",
                FenceIds = [.. fences.Select(fence => fence.Id)],
                Trigger = CampaignTrigger.Dwell,
                Dwell = TimeSpan.FromMinutes(minutes),
                Content = new OfferContent(Template.Empty, Template.Empty),
            })
        );
    }

    public Fence Fence { get; }

    public FenceIndex Fences { get; set; }

    public VisitState State { get; set; } = VisitState.Empty;

    /// <summary>Each event as <c>entered bar 60</c>, in seconds from the start.</summary>
    public List<string> Happened { get; } = [];

    /// <summary>Whether each event was over when it became known.</summary>
    public List<bool> WasLate { get; } = [];

    /// <summary>Stores the state and goes on with what is read back.</summary>
    public void Restart() => State = VisitJson.Read(VisitJson.Write(State));

    public double? LastTimerSeconds { get; private set; }

    public double? NextDueSeconds => _tracker.NextDue(State, _dwells) is { } due ? (due - Start).TotalSeconds : null;

    public IgnoredInput? Fix(double seconds, double metersFromCenter, double? accuracy, double receivedAfter = 0)
    {
        Position position = Center with
        {
            LatitudeDegrees = Center.LatitudeDegrees + (metersFromCenter / Geodesy.EarthRadiusMeters / Math.PI * 180),
        };
        return Take(_tracker.OnFix(State, new LocationFix(At(seconds), At(seconds + receivedAfter), position, accuracy), Fences, _dwells));
    }

    public IgnoredInput? Sight(double seconds, double rssi, double? txPower, bool isTimed = true) =>
        Take(
            _tracker.OnSighting(State, new BeaconSighting(At(seconds), At(seconds), "shelf", "site", rssi, txPower) { IsTimed = isTimed })
        );

    /// <summary>Rings every timer that is due until then, each at its very moment.</summary>
    public void FollowTimers(double untilSeconds)
    {
        while (NextDueSeconds is { } due && due <= untilSeconds)
        {
            LastTimerSeconds = due;
            Take(_tracker.OnTimer(State, At(due), _dwells));
        }
    }

    private static Instant At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    private IgnoredInput? Take(VisitStep step)
    {
        State = step.State;
        foreach (VisitEvent happened in step.Events)
        {
            string word = happened.GetType().Name["Visit".Length..].ToLowerInvariant();
            string place = happened.FenceId ?? happened.BeaconId!;
            WasLate.Add(happened.LateFix is not null);
            Happened.Add(string.Create(CultureInfo.InvariantCulture, $"{word} {place} {(happened.At - Start).TotalSeconds}"));
        }

        return step.Ignored;
    }
}
