using System.IO.Pipelines;
using System.Text.Json;
using OmniIoT.Api.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Devices;
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
    IDeviceQueries devices,
    IAlarmQueries alarms,
    ITwinQueries twins,
    ITelemetryStore telemetry,
    ITelemetryBarrier barrier
)
{
    private const int ReadingsPerPage = 10_000;

    /// <summary>What is written, for the API's description.</summary>
    internal sealed record Shape(
        Customer Customer,
        IReadOnlyList<TimelineEntry> Timeline,
        IReadOnlyList<Visit> Visits,
        IReadOnlyList<Offer> Offers,
        IReadOnlyList<RecordedDecision> Decisions,
        IReadOnlyList<Conversation> Conversations,
        IReadOnlyList<ConversationMessage> Messages,
        IReadOnlyList<Case> Cases,
        IReadOnlyList<DeviceExport> Devices
    );

    internal sealed record DeviceExport(
        DeviceRegistration Device,
        TwinView Twin,
        IReadOnlyList<Alarm> Alarms,
        IReadOnlyList<DeviceCommand> Commands,
        IReadOnlyDictionary<string, IReadOnlyList<RawReading>> Telemetry
    );

    public async Task WriteAsync(Customer customer, PipeWriter output, CancellationToken cancellationToken)
    {
        await barrier.CaughtUpAsync(cancellationToken);
        using Utf8JsonWriter writer = new(output, new JsonWriterOptions { Encoder = OmniJson.Options.Encoder });
        ExportWriter export = new(writer, output, cancellationToken);
        string id = customer.Id;
        writer.WriteStartObject();
        export.WriteValue("customer", customer);
        await export.WriteListAsync("timeline", page => timeline.ListAsync(new TimelineFilter(id), page, cancellationToken));
        await export.WriteListAsync("visits", page => customers.VisitsAsync(id, page, cancellationToken));
        await export.WriteListAsync("offers", page => customers.OffersAsync(id, page, cancellationToken));
        await export.WriteListAsync("decisions", page => customers.DecisionsAsync(id, page, cancellationToken));
        await WriteConversationsAsync(export, id, cancellationToken);
        await export.WriteListAsync("cases", page => cases.ListAsync(new CaseFilter(CustomerId: id), page, cancellationToken));
        await WriteDevicesAsync(export, writer, id, cancellationToken);
        writer.WriteEndObject();
        await export.FlushAsync();
    }

    private async Task WriteConversationsAsync(ExportWriter export, string id, CancellationToken cancellationToken)
    {
        List<string> known = [];
        await export.WriteListAsync(
            "conversations",
            async page =>
            {
                Page<Conversation> found = await conversations.ListAsync(new ConversationFilter(CustomerId: id), page, cancellationToken);
                known.AddRange(found.Items.Select(conversation => conversation.Id));
                return found;
            }
        );
        List<ConversationMessage> messages = [];
        foreach (string conversation in known)
            messages.AddRange(await conversations.MessagesAsync(conversation, cancellationToken));
        export.WriteValue("messages", messages);
    }

    private async Task WriteDevicesAsync(ExportWriter export, Utf8JsonWriter writer, string id, CancellationToken cancellationToken)
    {
        writer.WriteStartArray("devices");
        await foreach (
            DeviceRegistration device in ExportWriter.AllAsync(page =>
                devices.ListAsync(new DeviceFilter(CustomerId: id), page, cancellationToken)
            )
        )
        {
            writer.WriteStartObject();
            export.WriteValue("device", device);
            export.WriteValue("twin", await twins.FindAsync(device.Id, cancellationToken));
            await export.WriteListAsync("alarms", page => alarms.ListAsync(new AlarmFilter(device.Id), page, cancellationToken));
            await export.WriteListAsync("commands", page => devices.CommandsAsync(device.Id, page, cancellationToken));
            await WriteTelemetryAsync(export, writer, device.Id, cancellationToken);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private async Task WriteTelemetryAsync(ExportWriter export, Utf8JsonWriter writer, string deviceId, CancellationToken cancellationToken)
    {
        writer.WriteStartObject("telemetry");
        foreach (string metric in await telemetry.MetricsAsync(deviceId, cancellationToken))
        {
            await export.WriteListAsync(
                metric,
                async page =>
                {
                    Page<Reading> found = await telemetry.RawAsync(
                        deviceId,
                        metric,
                        null,
                        null,
                        page.Cursor,
                        ReadingsPerPage,
                        cancellationToken
                    );
                    return new Page<RawReading>([.. found.Items.Select(RawReading.Of)], found.Next);
                }
            );
        }
        writer.WriteEndObject();
    }
}
