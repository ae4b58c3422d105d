namespace OmniIoT.Mqtt.Packets;

/// <summary>When a subscription gets the retained messages (5.0); 3.1.1 always sends them.</summary>
public enum RetainHandling : byte
{
    SendAtSubscribe = 0,
    SendAtSubscribeIfNew = 1,
    DoNotSend = 2,
}
