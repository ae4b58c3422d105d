using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Ports;

namespace OmniIoT.Grains.Turns;

/// <summary>What all entities of a process share; one object, because each entity holds it.</summary>
internal sealed record EntityRuntime(
    GrainsOptions Options,
    TurnDesk Desk,
    EntityPlace Place,
    EntityOutlook Outlook,
    TimeProvider Time,
    ILogger<EntityRuntime> Logger
)
{
    public Instant Now => Time.Now();
}
