// PartnerClient
