/**
 * botbuilder's connector client, made to send every call once. Left alone it sends a post that got no answer again, up to
 * three times, and offers no way to say no: the policies that do it are taken out of its pipeline.
 */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { ChatError } from '../../port.ts'
import type { Self } from './self.ts'
import { CONNECTOR_SCOPE, type Tokens } from './tokens.ts'

type Factory = ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>
export type Client = Awaited<ReturnType<Factory['create']>>

/** Sends again, and follows redirects with our token: both would act behind our back. */
const unwanted = ['defaultRetryPolicy', 'redirectPolicy']

interface Pipeline {
  removePolicy(named: { name: string }): unknown
  getOrderedPolicies(): { name: string }[]
}

export function clients({ appId, tenant }: Self, tokens: Tokens): (serviceUrl: string) => Promise<Client> {
  const signing = {
    isValidAppId: async () => true,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      async signRequest<T extends { headers: { set(name: string, value: string): void } }>(request: T) {
        const token = await tokens(CONNECTOR_SCOPE)
        if (token) request.headers.set('authorization', `Bearer ${token}`)
        return request
      },
    }),
  }
  const factory = new ConfigurationBotFrameworkAuthentication(
    { MicrosoftAppId: appId, MicrosoftAppTenantId: tenant },
    signing as never,
  ).createConnectorFactory({ getClaimValue: () => appId } as never)
  return async (serviceUrl) => {
    const client = await factory.create(serviceUrl, CONNECTOR_SCOPE)
    const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client
    for (const name of unwanted) pipeline.removePolicy({ name })
    if (pipeline.getOrderedPolicies().some(({ name }) => unwanted.includes(name)))
      throw new ChatError('refused', 'client_would_repeat')
    return client
  }
}
