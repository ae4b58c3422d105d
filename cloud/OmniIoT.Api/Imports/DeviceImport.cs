using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Devices;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Devices;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Imports;

internal sealed class DeviceImport(IGrains grains, DocumentStore documents, IDeviceQueries devices, ICustomerQueries customers)
    : IImportKind
{
    public string Name => "devices";

    public RightSet Rights => RightSet.Of("devices:write");

    public Type Shape => typeof(DeviceBody);

    public async ValueTask<ImportStep> CheckAsync(string id, JsonObject row, HttpContext context, CancellationToken cancellationToken)
    {
        DeviceBody body = Body.Parse<DeviceBody>(OmniJson.Utf8(row));
        DeviceRegistration? stored = await devices.FindAsync(id, cancellationToken);
        await DeviceEndpoints.CheckAsync(body, stored, documents, customers, cancellationToken);
        return new ImportStep(
            id,
            stored is null,
            async () => (await grains.Device(id).RegisterAsync(body.ToRequest(null))).OrThrow().Secret
        );
    }
}
