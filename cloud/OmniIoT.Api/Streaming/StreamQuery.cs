using Microsoft.AspNetCore.Mvc;

namespace OmniIoT.Api.Streaming;

/// <summary>The parts of the query that say what of the stream is wanted, and from where on.</summary>
internal sealed record StreamQuery
{
    [FromQuery(Name = "customerId")]
    public string? CustomerId { get; init; }

    [FromQuery(Name = "deviceId")]
    public string? DeviceId { get; init; }

    [FromQuery(Name = "kinds")]
    public string? Kinds { get; init; }

    [FromQuery(Name = "lastEventId")]
    public string? LastEventId { get; init; }
}
