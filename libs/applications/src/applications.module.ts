import { Module } from '@nestjs/common';
import { ApplicantResolver, CallApplicationsResolver } from './applications.resolver.js';

@Module({ providers: [CallApplicationsResolver, ApplicantResolver] })
export class ApplicationsModule {}
