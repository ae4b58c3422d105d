namespace OmniIoT.Mqtt.Protocol;

/// <summary>What a reason code means for the packet that carries it.</summary>
public static class ReasonCodeExtensions
{
    /// <summary>True for 0x80 and above (MQTT5 section 2.4).</summary>
    public static bool IsFailure(this ReasonCode code) => (byte)code >= 0x80;

    /// <summary>Whether 5.0 lists the code for this kind of packet.</summary>
    public static bool IsAllowedIn(this ReasonCode code, PacketType packet) =>
        packet switch
        {
            PacketType.ConnAck => code
                is ReasonCode.Success
                    or (>= ReasonCode.UnspecifiedError and <= ReasonCode.Banned)
                    or ReasonCode.BadAuthenticationMethod
                    or ReasonCode.TopicNameInvalid
                    or ReasonCode.PacketTooLarge
                    or ReasonCode.QuotaExceeded
                    or (>= ReasonCode.PayloadFormatInvalid and <= ReasonCode.ServerMoved)
                    or ReasonCode.ConnectionRateExceeded,
            PacketType.PubAck or PacketType.PubRec => code
                is ReasonCode.Success
                    or ReasonCode.NoMatchingSubscribers
                    or ReasonCode.UnspecifiedError
                    or ReasonCode.ImplementationSpecificError
                    or ReasonCode.NotAuthorized
                    or ReasonCode.TopicNameInvalid
                    or ReasonCode.PacketIdentifierInUse
                    or ReasonCode.QuotaExceeded
                    or ReasonCode.PayloadFormatInvalid,
            PacketType.PubRel or PacketType.PubComp => code is ReasonCode.Success or ReasonCode.PacketIdentifierNotFound,
            PacketType.SubAck => code
                is <= ReasonCode.GrantedQos2
                    or ReasonCode.UnspecifiedError
                    or ReasonCode.ImplementationSpecificError
                    or ReasonCode.NotAuthorized
                    or ReasonCode.TopicFilterInvalid
                    or ReasonCode.PacketIdentifierInUse
                    or ReasonCode.QuotaExceeded
                    or ReasonCode.SharedSubscriptionsNotSupported
                    or ReasonCode.SubscriptionIdentifiersNotSupported
                    or ReasonCode.WildcardSubscriptionsNotSupported,
            PacketType.UnsubAck => code
                is ReasonCode.Success
                    or ReasonCode.NoSubscriptionExisted
                    or ReasonCode.UnspecifiedError
                    or ReasonCode.ImplementationSpecificError
                    or ReasonCode.NotAuthorized
                    or ReasonCode.TopicFilterInvalid
                    or ReasonCode.PacketIdentifierInUse,
            PacketType.Disconnect => code
                is ReasonCode.Success
                    or ReasonCode.DisconnectWithWillMessage
                    or (>= ReasonCode.UnspecifiedError and <= ReasonCode.ImplementationSpecificError)
                    or ReasonCode.NotAuthorized
                    or ReasonCode.ServerBusy
                    or (>= ReasonCode.ServerShuttingDown and <= ReasonCode.TopicNameInvalid)
                    or (>= ReasonCode.ReceiveMaximumExceeded and <= ReasonCode.WildcardSubscriptionsNotSupported),
            PacketType.Auth => code is ReasonCode.Success or ReasonCode.ContinueAuthentication or ReasonCode.ReAuthenticate,
            _ => false,
        };
}
