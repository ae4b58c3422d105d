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
    /// <param name="others">The merges of others into this one.</param>
    public Reply<Customer> Handle(Decision decision, MergeCustomer request, Customer other, IReadOnlyList<Merge> others)
    {
        Customer known = state.Facts.Customer;
        if (request.ExpectedVersion is { } expected && expected != known.Version)
            return Rejection.Stale("Customer", expected, known.Version);
        Merge merge = new(other.Id, Id, decision.Moment.Now, MergeGain.Of(known, other, Gains(others)));
        decision.Emit(new PutMerge(merge));
        TellOfMerge(decision, Id, TimelineKind.IdentityMerged, request.Actor, other.Id, merge);
        return Keep(decision, merge.Gained.AddTo(known));
    }

    /// <summary>Undoes a merge: both answer for themselves again.</summary>
    /// <param name="others">The merges of others into this one, which stay.</param>
    public Reply<Customer> Handle(Decision decision, UnmergeCustomer request, Merge merge, IReadOnlyList<Merge> others)
    {
        Customer known = state.Facts.Customer;
        if (request.ExpectedVersion is { } expected && expected != known.Version)
            return Rejection.Stale("Customer", expected, known.Version);
        decision.Emit(new RemoveMerge(merge.Id));
        TellOfMerge(decision, Id, TimelineKind.IdentityUnmerged, request.Actor, merge.Id, merge);
        TellOfMerge(decision, merge.Id, TimelineKind.IdentityUnmerged, request.Actor, Id, merge);
        return Keep(decision, merge.Gained.TakeFrom(known, Gains(others)));
    }

    private static IReadOnlyList<MergeGain> Gains(IEnumerable<Merge> merges) =>
        [.. merges.OrderBy(static merge => merge.At).Select(static merge => merge.Gained)];

    private Customer Keep(Decision decision, Customer changed)
    {
        state.Facts = state.Facts with { Customer = changed };
        decision.Emit(new PutCustomer(changed));
        return changed;
    }

    private static void TellOfMerge(Decision decision, string customerId, string kind, string actor, string other, Merge merge) =>
        decision.Append(
            new Happening(kind, actor, Sentence.Of(kind, ("customer", other)))
            {
                CustomerId = customerId,
                At = decision.Moment.Now,
                Channel = "api",
                Direction = TimelineDirection.Internal,
                Data = new JsonObject { ["from"] = merge.Id, ["into"] = merge.Into },
            }
        );

    /// <summary>Queues a message for every app of the person: nobody knows which of them is in use.</summary>
    private void SendDown(Decision decision, Func<string, string> topicOf, byte[] payload, string reference, Instant expiresAt)
    {
        foreach (string member in Person?.MemberIds ?? [Id])
        {
            decision.Emit(
                new Enqueue(
                    new Downlink
                    {
                        Id = decision.Moment.NewId(),
                        Target = EntityId.Customer(member),
                        Topic = topicOf(member),
                        Payload = payload,
                        Retain = false,
                        Reference = reference,
                        CreatedAt = decision.Moment.Now,
                        ExpiresAt = expiresAt,
                    }
                )
            );
        }
    }
}

/// <summary>Several customers that are one person.</summary>
/// <param name="Survivor">Who answers for all of them.</param>
/// <param name="MemberIds">All of them, the survivor first.</param>
public sealed record Person(Customer Survivor, IReadOnlyList<string> MemberIds);
