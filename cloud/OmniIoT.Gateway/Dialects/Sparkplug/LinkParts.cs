using OmniIoT.Gateway.Hosting;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>What follows a connection that speaks for devices behind it works with.</summary>
internal sealed record LinkParts(IIngress Ingress, IProcesses Processes, OwnWords Words, BackgroundWork Background, TimeProvider Time);
