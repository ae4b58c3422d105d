using System.Text.Json;
using OmniIoT.Api.Devices;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Devices;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Api.Customers;

// What is written of each device, for the API's description.
internal sealed record DeviceExport(
    DeviceRegistration Device,
    TwinView Twin,
    IReadOnlyList<Alarm> Alarms,
    IReadOnlyList<DeviceCommand> Commands,
    IReadOnlyDictionary<string, IReadOnlyList<RawReading>> Telemetry
)
{
    /// <summary>Metrics of which readings are left out, because they are stored damaged; written only when there are any.</summary>
    public IReadOnlyCollection<string>? Incomplete { get; init; }
}

/// <summary>Writes all that is stored of a customer's devices, page by page as it is read.</summary>
internal sealed class DeviceExporter(IDeviceQueries devices, IAlarmQueries alarms, ITwinQueries twins)
{
    private const int ReadingsPerPage = 10_000;

    /// <summary>Writes the member <c>devices</c>.</summary>
    public async Task WriteAsync(ExportWriter export, string customerId, ITelemetryStore telemetry, CancellationToken cancellationToken)
    {
        Utf8JsonWriter writer = export.Writer;
        writer.WriteStartArray("devices");
        await foreach (
            DeviceRegistration device in ExportWriter.AllAsync(page =>
                devices.ListAsync(new DeviceFilter(CustomerId: customerId), page, cancellationToken)
            )
        )
        {
            writer.WriteStartObject();
            export.WriteValue("device", device);
            export.WriteValue("twin", await twins.FindAsync(device.Id, cancellationToken));
            await export.WriteListAsync("alarms", page => alarms.ListAsync(new AlarmFilter(device.Id), page, cancellationToken));
            await export.WriteListAsync("commands", page => devices.CommandsAsync(device.Id, page, cancellationToken));
            await WriteTelemetryAsync(export, device.Id, telemetry, cancellationToken);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static async Task WriteTelemetryAsync(
        ExportWriter export,
        string deviceId,
        ITelemetryStore telemetry,
        CancellationToken cancellationToken
    )
    {
        SortedSet<string> incomplete = new(StringComparer.Ordinal);
        export.Writer.WriteStartObject("telemetry");
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
                    if (found.Incomplete)
                        incomplete.Add(metric);
                    return RawReading.Of(found);
                }
            );
        }
        export.Writer.WriteEndObject();
        if (incomplete.Count > 0)
            export.WriteValue("incomplete", incomplete);
    }
}
