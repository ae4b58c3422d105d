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
    public static CustomerDecider Create(DecisionScope scope, string id, PutCustomerData request, VisitTracker tracker)
    {
        Customer customer = new(
            id,
            request.Name,
            request.Locale,
            request.TimeZone,
            request.Tags,
            request.Consent,
            request.Identities,
            scope.Now,
            Version: 1
        )
        {
            Traits = request.Traits,
        };
        CustomerDecider grain = new(new CustomerState(new CustomerMemory { Customer = customer }, VisitState.Empty), tracker);
        scope.Emit(new PutCustomer(customer));
        if (request.Consent != new Consent())
            grain.WriteConsent(scope, new Consent(), request.Consent, request.Actor);
        return grain;
    }

    public Reply<CustomerStored> Replace(DecisionScope scope, PutCustomerData request)
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
        scope.Emit(new PutCustomer(changed));
        if (known.Consent != changed.Consent)
            WriteConsent(scope, known.Consent, changed.Consent, request.Actor);
        ObeyConsent(scope);
        return new CustomerStored(changed, Created: false);
    }

    public Reply<TimelineEntry> Handle(DecisionScope scope, AddTimelineEntry request)
    {
        TimelineEntry entry = Entry(
            scope,
            request.Kind,
            request.Channel,
            request.Direction,
            request.Actor,
            request.At ?? scope.Now,
            request.Title,
            request.Text,
            request.Refs,
            request.Data?.DeepClone().AsObject()
        );
        scope.Emit(new AppendTimeline(entry));
        if (entry.Kind == TimelineKind.SurveyAnswered && entry.Data["score"] is JsonValue value && value.TryGetValue(out double score))
            state.Facts = state.Facts with { IsDissatisfied = score <= WorstScores };
        return entry;
    }

    public Reply<Case> Handle(DecisionScope scope, OpenCase request) =>
        scope.Open(
            Id,
            null,
            [],
            request.Title,
            request.Priority,
            request.Queue,
            null,
            request.OpenedBy,
            request.Actor,
            scope.Now,
            scope.Now
        );

    private void WriteConsent(DecisionScope scope, Consent before, Consent after, string actor)
    {
        JsonObject data = new()
        {
            ["before"] = JsonSerializer.SerializeToNode(before, OmniJson.Options),
            ["after"] = JsonSerializer.SerializeToNode(after, OmniJson.Options),
        };
        scope.Emit(
            new AppendTimeline(
                Entry(
                    scope,
                    TimelineKind.ConsentChanged,
                    "api",
                    TimelineDirection.Internal,
                    actor,
                    scope.Now,
                    Sentence.Of(SentenceKinds.ConsentChanged),
                    Describe(after),
                    TimelineRefs.None,
                    data
                )
            )
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
