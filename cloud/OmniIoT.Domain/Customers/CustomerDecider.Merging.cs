using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

public sealed partial class CustomerDecider
{
    /// <summary>The person whose part this customer is; null where it is not merged with others. Told before each turn.</summary>
    public Person? Person { get; set; }

    /// <summary>What counts for decisions: the survivor's consent, tags and time zone where this one was merged away.</summary>
    private Customer Known => Person is { Survivor: var survivor } && survivor.Id != Id ? survivor : state.Facts.Customer;

    /// <summary>Takes another customer in, who answers with this one from now on.</summary>
    /// <param name="other">As stored, and merged into nobody.</param>
    public Reply<Customer> Handle(DecisionScope scope, MergeCustomer request, Customer other)
    {
        Customer known = state.Facts.Customer;
        if (request.ExpectedVersion is { } expected && expected != known.Version)
            return Rejection.Stale("Customer", expected, known.Version);
        Merge merge = new(other.Id, Id, scope.Now, MergeGain.Of(known, other));
        scope.Emit(new PutMerge(merge));
        TellOfMerge(scope, Id, TimelineKind.IdentityMerged, request.Actor, other.Id, merge);
        return Keep(scope, merge.Gained.AddTo(known));
    }

    /// <summary>Undoes a merge: both answer for themselves again.</summary>
    public Reply<Customer> Handle(DecisionScope scope, UnmergeCustomer request, Merge merge)
    {
        Customer known = state.Facts.Customer;
        if (request.ExpectedVersion is { } expected && expected != known.Version)
            return Rejection.Stale("Customer", expected, known.Version);
        scope.Emit(new RemoveMerge(merge.Id));
        TellOfMerge(scope, Id, TimelineKind.IdentityUnmerged, request.Actor, merge.Id, merge);
        TellOfMerge(scope, merge.Id, TimelineKind.IdentityUnmerged, request.Actor, Id, merge);
        return Keep(scope, merge.Gained.TakeFrom(known));
    }

    private Customer Keep(DecisionScope scope, Customer changed)
    {
        state.Facts = state.Facts with { Customer = changed };
        scope.Emit(new PutCustomer(changed));
        return changed;
    }

    private static void TellOfMerge(DecisionScope scope, string customerId, string kind, string actor, string other, Merge merge) =>
        scope.Emit(
            new AppendTimeline(
                scope.Entry(
                    customerId,
                    scope.Now,
                    kind,
                    "api",
                    TimelineDirection.Internal,
                    actor,
                    Sentence.Of(kind, ("customer", other)),
                    Wording.None,
                    TimelineRefs.None,
                    new JsonObject { ["from"] = merge.Id, ["into"] = merge.Into }
                )
            )
        );

    /// <summary>Queues a message for every app of the person: nobody knows which of them is in use.</summary>
    private void SendDown(DecisionScope scope, Func<string, string> topicOf, byte[] payload, string reference, Instant expiresAt)
    {
        foreach (string member in Person?.MemberIds ?? [Id])
        {
            scope.Emit(
                new Enqueue(
                    new Downlink(
                        scope.NewId(),
                        EntityId.Customer(member),
                        topicOf(member),
                        payload,
                        Retain: false,
                        reference,
                        scope.Now,
                        expiresAt
                    )
                )
            );
        }
    }
}

/// <summary>Several customers that are one person.</summary>
/// <param name="Survivor">Who answers for all of them.</param>
/// <param name="MemberIds">All of them, the survivor first.</param>
public sealed record Person(Customer Survivor, IReadOnlyList<string> MemberIds);
