using System.Globalization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>One customer's grain and a clock in the test's hand; collects what it decides.</summary>
internal sealed class CustomerBench
{
    public static readonly Instant Start = new(1_772_445_600_000);

    private long _ids;

    public CustomerBench(DecisionSettings? settings = null)
    {
        Scope = new DecisionScope(
            new DecisionBasis(
                settings ?? new DecisionSettings(),
                () => (++_ids).ToString("D4", CultureInfo.InvariantCulture),
                _ => 1,
                () => "CODE2345",
                () => 0,
                _ => true,
                () => Instant.MinValue
            )
        );
        Scope.MoveTo(Start);
        Grain = CustomerDecider.Create(
            Decision,
            "ann",
            new PutCustomerData
            {
                Name = "Ann",
                Locale = null,
                TimeZone = null,
                Tags = [],
                Consent = new Consent(),
                Identities = [],
                ExpectedVersion = null,
                Actor = "api",
            },
            new VisitTracker(Decision.Moment.Settings.Visits)
        );
        Decision.Effects.Clear();
    }

    public DecisionScope Scope { get; }

    public Decision Decision => Scope.Decision;

    public CustomerDecider Grain { get; private set; }

    public List<Effect> Do(double atSeconds, Action<CustomerDecider, Decision> act)
    {
        Scope.MoveTo(Start + TimeSpan.FromSeconds(atSeconds));
        act(Grain, Decision);
        List<Effect> taken = [.. Decision.Effects];
        Decision.Effects.Clear();
        return taken;
    }

    /// <summary>Writes the grain's snapshot and goes on with what it reads back, as after a restart.</summary>
    public void Restart()
    {
        System.Buffers.ArrayBufferWriter<byte> snapshot = new();
        Grain.State.Write(snapshot);
        Grain = new CustomerDecider(CustomerState.Read(snapshot.WrittenSpan), new VisitTracker(Decision.Moment.Settings.Visits));
    }
}
