using Microsoft.AspNetCore.Mvc;

namespace OmniIoT.Api.Devices;

/// <summary>The parts of the query that say which devices are meant.</summary>
internal sealed record DeviceQuery
{
    [FromQuery(Name = "model")]
    public string? Model { get; init; }

    [FromQuery(Name = "customerId")]
    public string? CustomerId { get; init; }

    [FromQuery(Name = "siteId")]
    public string? SiteId { get; init; }

    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [FromQuery(Name = "alarmed")]
    public string? Alarmed { get; init; }

    [FromQuery(Name = "q")]
    public string? Q { get; init; }
}
