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

    public CustomerBench()
    {
        Scope = new DecisionScope(
            new DecisionSettings(),
            _ => (++_ids).ToString("D4", CultureInfo.InvariantCulture),
            () => 1,
            () => "CODE2345",
            () => 0,
            _ => true
        )
        {
            Now = Start,
        };
        Grain = CustomerDecider.Create(
            Scope,
            "ann",
            new PutCustomerData("Ann", null, null, [], new Consent(), [], null, "api"),
            new VisitTracker(Scope.Settings.Visits)
        );
        Scope.Effects.Clear();
    }

    public DecisionScope Scope { get; }

    public CustomerDecider Grain { get; private set; }

    public List<Effect> Do(double atSeconds, Action<CustomerDecider, DecisionScope> act)
    {
        Scope.Now = Start + TimeSpan.FromSeconds(atSeconds);
        act(Grain, Scope);
        List<Effect> taken = [.. Scope.Effects];
        Scope.Effects.Clear();
        return taken;
    }

    /// <summary>Writes the grain's snapshot and goes on with what it reads back, as after a restart.</summary>
    public void Restart()
    {
        System.Buffers.ArrayBufferWriter<byte> snapshot = new();
        Grain.State.Write(snapshot);
        Grain = new CustomerDecider(CustomerState.Read(snapshot.WrittenSpan), new VisitTracker(Scope.Settings.Visits));
    }
}
