using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Provisioning;

namespace OmniIoT.Api.Devices;

/// <summary>Where devices connect, on the host that answers.</summary>
/// <param name="Port">MQTT over TCP.</param>
/// <param name="TlsPort">MQTT over TLS; null where it is not set.</param>
public sealed record MqttAddress(int Port, int? TlsPort);

internal static class MqttAddressEndpoint
{
    public static void MapMqttAddress(this IEndpointRouteBuilder api) =>
        api.MapGet("/mqtt", Look).WithTags("Devices").WithSummary("The ports that devices connect to.").Fails(401);

    private static Ok<MqttAddress> Look(IMqttPorts ports) => TypedResults.Ok(new MqttAddress(ports.MqttPort, ports.MqttTlsPort));
}
