using System.Buffers;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Places;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Turns;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.State;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;

namespace OmniIoT.Grains.Customers;

/// <summary>The shell of one customer; what it decides is <see cref="CustomerDecider"/>'s. Requests stand in a file of their own.</summary>
[Reentrant]
[PreferLocalPlacement]
internal sealed partial class CustomerGrain(EntityRuntime runtime) : EntityGrain(runtime), ICustomerGrain
{
    /// <summary>Null while the customer is not known.</summary>
    private CustomerDecider? _decider;

    protected override EntityId Id => EntityId.Customer(Key);

    protected override bool Exists => _decider is not null;

    protected override void Load(Snapshot? snapshot, Moment moment) =>
        _decider = snapshot is null
            ? null
            : new CustomerDecider(CustomerState.Read(snapshot.State), new VisitTracker(moment.Settings.Visits));

    protected override byte[]? Write(ArrayBufferWriter<byte> output)
    {
        _decider!.State.Write(output);
        return null;
    }

    protected override Instant? NextDue(Moment moment) => _decider!.NextDue(moment);

    /// <summary>Few are merged, and only for them anything is read.</summary>
    protected override async ValueTask PrepareAsync(DecisionScope scope)
    {
        if (_decider is not { } customer)
            return;
        await NumberTalksAsync();
        customer.Person = await PersonOfAsync(customer, scope.Moment.Catalog.Merges);
    }

    protected override async ValueTask<Refusal?> DecideAsync(DecisionScope scope, InboundBatch batch, int index)
    {
        Refusal? refusal = _decider!.Handle(scope, batch.Topic(index), batch.Payload(index));
        await OfferDecisions.DecideAsync(_decider, scope.Decision, Runtime.Outlook.Readers);
        return refusal;
    }

    protected override void Take(Decision decision, GatewayNotice notice)
    {
        if (notice is DownlinkProgress progress)
            _decider?.DownlinkProgressed(decision, progress.Reference, progress.Acknowledged);
    }

    protected override async ValueTask WakeUpAsync(DecisionScope scope)
    {
        if (_decider is not { } customer)
            return;
        Instant? othersAskedAt = customer.HasSurveyDue(scope.Moment.Now)
            ? (await OfferDecisions.OthersAsync(customer, Runtime.Outlook.Readers)).Max(static other => other.LastSurveyAt)
            : null;
        customer.WakeUp(scope.Decision, othersAskedAt);
        await OfferDecisions.DecideAsync(customer, scope.Decision, Runtime.Outlook.Readers);
    }

    protected override void Announce()
    {
        // Nobody watches a customer's state; what happens to one is in the change log.
    }

    private async ValueTask<Person?> PersonOfAsync(CustomerDecider customer, Merges merges)
    {
        Customer own = customer.State.Facts.Customer;
        IReadOnlyList<string> members = merges.MembersOf(own.Id);
        if (members.Count == 1)
            return null;
        Customer survivor =
            members[0] == own.Id ? own : await Runtime.Outlook.Readers.Customers.FindAsync(own.Id, CancellationToken.None) ?? own;
        return new Person(survivor, members);
    }
}
