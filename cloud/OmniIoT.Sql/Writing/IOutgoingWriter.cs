using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Sql.Writing;

/// <summary>What waits to be sent by channels.</summary>
internal interface IOutgoingWriter
{
    void Append(OutgoingMessage message);
    void Begin(BeginSending begin);
    void Postpone(SendLater later);
    void End(EndSending end);
    void Erase(string customerId);
}
