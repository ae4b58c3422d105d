using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

public sealed partial class CustomerDecider
{
    /// <summary>Of five: the customer satisfaction score counts 1 and 2 as dissatisfied.</summary>
    private const double WorstScores = 2;

    /// <summary>Creates the customer.</summary>
    public static CustomerDecider Create(Decision decision, string id, PutCustomerData request, VisitTracker tracker)
    {
        Customer customer = new()
        {
            Id = id,
            Name = request.Name,
            Locale = request.Locale,
            TimeZone = request.TimeZone,
            Tags = request.Tags,
            Consent = request.Consent,
            Identities = request.Identities,
            CreatedAt = decision.Moment.Now,
            Version = 1,
            Traits = request.Traits,
        };
        CustomerDecider grain = new(new CustomerState(new CustomerMemory { Customer = customer }, VisitState.Empty), tracker);
        decision.Emit(new PutCustomer(customer));
        if (request.Consent != new Consent())
            grain.WriteConsent(decision, new Consent(), request.Consent, request.Actor);
        return grain;
    }

    public Reply<CustomerStored> Replace(Decision decision, PutCustomerData request)
    {
        Customer known = state.Facts.Customer;
        if (request.ExpectedVersion is { } expected && expected != known.Version)
            return Rejection.Stale("Customer", expected, known.Version);
        Customer changed = known with
        {
            Name = request.Name,
            Locale = request.Locale,
            TimeZone = request.TimeZone,
            Tags = request.Tags,
            Consent = request.Consent,
            Identities = request.Identities,
            Traits = request.Traits,
            Version = known.Version + 1,
        };
        state.Facts = state.Facts with { Customer = changed };
        decision.Emit(new PutCustomer(changed));
        if (known.Consent != changed.Consent)
        {
            WriteConsent(decision, known.Consent, changed.Consent, request.Actor);
            EndOptOuts(decision.Moment, known.Consent, changed.Consent);
        }
        ObeyConsent(decision);
        return new CustomerStored(changed, Created: false);
    }

    public Reply<TimelineEntry> Handle(Decision decision, AddTimelineEntry request)
    {
        TimelineEntry entry = decision.Moment.Entry(
            new Happening(request.Kind, request.Actor, request.Title, request.Text)
            {
                Id = request.Key is { } key ? "told-" + DigestOf($"{Id}\n{key}") : null,
                CustomerId = Id,
                At = request.At ?? decision.Moment.Now,
                Channel = request.Channel,
                Direction = request.Direction,
                Refs = request.Refs,
                Data = request.Data?.DeepClone().AsObject() ?? [],
            }
        );
        decision.Emit(new AppendTimeline(entry));
        bool isNewest = !(state.Facts.AnsweredAt > entry.At);
        if (
            isNewest
            && entry.Kind == TimelineKind.SurveyAnswered
            && entry.Data["score"] is JsonValue value
            && value.TryGetValue(out double score)
        )
            state.Facts = state.Facts with { IsDissatisfied = score <= WorstScores, AnsweredAt = entry.At };
        return entry;
    }

    public Reply<Case> Handle(Decision decision, OpenCase request) =>
        decision.Open(NewCase.Of(request, decision.Moment.Now) with { CustomerId = Id });

    private void WriteConsent(Decision decision, Consent before, Consent after, string actor)
    {
        JsonObject data = new()
        {
            ["before"] = JsonSerializer.SerializeToNode(before, OmniJson.Options),
            ["after"] = JsonSerializer.SerializeToNode(after, OmniJson.Options),
        };
        decision.Append(
            new Happening(TimelineKind.ConsentChanged, actor, Sentence.Of(SentenceKinds.ConsentChanged), Describe(after))
            {
                CustomerId = Id,
                At = decision.Moment.Now,
                Channel = "api",
                Direction = TimelineDirection.Internal,
                Data = data,
            }
        );
    }

    private static Sentence Describe(Consent consent)
    {
        (string Purpose, bool IsGiven)[] all =
        [
            ("location", consent.Location),
            ("offers", consent.Offers),
            ("email", consent.Email),
            ("sms", consent.Sms),
        ];
        JsonNode[] given = [.. all.Where(one => one.IsGiven).Select(one => JsonValue.Create(one.Purpose))];
        return given.Length == 0
            ? Sentence.Of(SentenceKinds.ConsentNone)
            : Sentence.Of(SentenceKinds.ConsentGiven, ("purposes", new JsonArray(given)));
    }
}
