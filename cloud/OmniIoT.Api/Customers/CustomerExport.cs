using System.IO.Pipelines;
using System.Text.Json;
using OmniIoT.Api.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Api.Customers;

/// <summary>
/// Writes all that is stored of a customer. It is written page by page as it is read, so that years of a household's readings
/// need no memory.
/// </summary>
internal sealed class CustomerExport(
    ICustomerQueries customers,
    ITimelineQueries timeline,
    IConversationQueries conversations,
    ICaseQueries cases,
    DeviceExporter devices,
    MovedTelemetry telemetry
)
{
    /// <summary>What is written, for the API's description.</summary>
    internal sealed record Shape
    {
        public required Customer Customer { get; init; }

        public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

        public required IReadOnlyList<Visit> Visits { get; init; }

        public required IReadOnlyList<Offer> Offers { get; init; }

        public required IReadOnlyList<RecordedDecision> Decisions { get; init; }

        public required IReadOnlyList<Conversation> Conversations { get; init; }

        public required IReadOnlyList<ConversationMessage> Messages { get; init; }

        public required IReadOnlyList<Case> Cases { get; init; }

        public required IReadOnlyList<DeviceExport> Devices { get; init; }
    }

    public async Task WriteAsync(Customer customer, PipeWriter output, CancellationToken cancellationToken)
    {
        ITelemetryStore readings = await telemetry.CaughtUpAsync(cancellationToken);
        using Utf8JsonWriter writer = new(output, new JsonWriterOptions { Encoder = OmniJson.Options.Encoder });
        ExportWriter export = new(writer, output, cancellationToken);
        string id = customer.Id;
        writer.WriteStartObject();
        export.WriteValue("customer", customer);
        await export.WriteListAsync("timeline", page => timeline.ListAsync(new TimelineFilter(id), page, cancellationToken));
        await export.WriteListAsync("visits", page => customers.VisitsAsync(id, page, cancellationToken));
        await export.WriteListAsync("offers", page => customers.OffersAsync(id, page, cancellationToken));
        await export.WriteListAsync("decisions", page => customers.DecisionsAsync(id, page, cancellationToken));
        ConversationFilter talks = new(CustomerId: id);
        await export.WriteListAsync("conversations", page => conversations.ListAsync(talks, page, cancellationToken));
        await export.WriteListAsync("messages", page => conversations.MessagesOfAsync(id, page, cancellationToken));
        await export.WriteListAsync("cases", page => cases.ListAsync(new CaseFilter { CustomerId = id }, page, cancellationToken));
        await devices.WriteAsync(export, id, readings, cancellationToken);
        writer.WriteEndObject();
        await export.FlushAsync();
    }
}
